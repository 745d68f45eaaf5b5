import type { LifeguardEvent } from '@lifeguard/guard';

/** What can go wrong with a connection, by which the two halves of a row find each other. */
export type Topic = 'leak' | 'second release' | 'dirty return' | 'nested checkout';

const byRule: Readonly<Record<string, Topic>> = {
  'lifeguard/require-release': 'leak',
  'lifeguard/require-release-on-throw': 'leak',
  'lifeguard/no-double-release': 'second release',
};

const byEvent: Readonly<Partial<Record<LifeguardEvent['type'], Topic>>> = {
  leaked: 'leak',
  reclaimed: 'leak',
  'stale-handle': 'second release',
  'dirty-return': 'dirty return',
  'nested-acquire': 'nested checkout',
  deadlock: 'nested checkout',
};

/** What a rule is about; `undefined` where it is about nothing that the guard tells of a line. */
export function topicOfRule(rule: string): Topic | undefined {
  return byRule[rule];
}

/** What an event is about; `undefined` where it is about no line. */
export function topicOfEvent(type: LifeguardEvent['type']): Topic | undefined {
  return byEvent[type];
}

/** Why the linter has nothing to say of what the guard saw. */
export const silences: Readonly<Record<Topic, string>> = {
  leak: 'nothing: this path is not written here',
  'second release': 'nothing: the releases are not in one function',
  'dirty return': 'nothing: it is released, and no rule looks at transactions',
  'nested checkout': 'nothing: both are released, each in its own function',
};
