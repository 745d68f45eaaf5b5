import { day, duration, type Tally, times } from '@lifeguard/eslint-plugin/records';
import { count } from '../count.ts';

/** «leaked 14 times since 2026-11-02, held up to 43 s»; `undefined` where no leak stands. */
export function leakWords(tally: Tally): string | undefined {
  if (tally.leaks === 0) return undefined;
  const held = tally.longestHeldMs === 0 ? '' : `, held up to ${duration(tally.longestHeldMs)}`;
  return `leaked ${times(tally.leaks)} since ${day(tally.firstLeakMs)}${held}`;
}

/** What else happened at a site, each in a few words, the worst first. */
export function otherWords(tally: Tally): readonly string[] {
  const { withdrawn, returnedLate, suspected, dirtyReturns, staleHandles, strangers, nestedAcquires, deadlocks, waits } = tally;
  const said: readonly (readonly [number, string])[] = [
    [deadlocks, `deadlocked ${times(deadlocks)}`],
    [strangers, `used ${times(strangers)} when it was somebody else’s`],
    [staleHandles - strangers, `used ${times(staleHandles - strangers)} after its end`],
    [dirtyReturns, `came back dirty ${times(dirtyReturns)}`],
    [withdrawn, `withdrawn ${times(withdrawn)}: it came back after it was taken for leaked`],
    [returnedLate, `came back late ${times(returnedLate)}`],
    [suspected, `suspected ${times(suspected)}`],
    [nestedAcquires, `acquired ${times(nestedAcquires)} while another was held`],
    [waits, `waited ${times(waits)} for an exhausted pool`],
  ];
  return said.flatMap(([number, words]) => (number > 0 ? [words] : []));
}

const evidences = { collected: 'collected', 'scope-ended': 'scope ended', idle: 'idle', held: 'held too long' } as const;

/** Who, where and how, each in a few words. */
export function detailWords(tally: Tally): readonly string[] {
  const { evidence, reclaimed, checkouts, scopes, pools, hosts, processes, fingerprint, site } = tally;
  const kinds = [...evidence].sort(([, one], [, other]) => other - one).map(([kind, number]) => `${evidences[kind]} ${number.toLocaleString('en-US')}`);
  const inScopes = scopes.names().slice(0, 3);
  const more = scopes.size - inScopes.length;
  return [
    ...(kinds.length === 0 ? [] : [`evidence: ${kinds.join(', ')}`]),
    ...(reclaimed === 0 ? [] : [`reclaimed ${times(reclaimed)}`]),
    ...(checkouts === 0 ? [] : [`${count(checkouts, 'checkout')} given back`]),
    ...(inScopes.length === 0 ? [] : [`in ${inScopes.join(', ')}${more > 0 ? ` and ${more} more` : ''}`]),
    `pool ${pools.names().join(', ')}`,
    ...(site?.library === undefined ? [] : [`through ${site.library}`]),
    `${processes.others + hosts.others > 0 ? 'at least ' : ''}${processes.size === 1 ? '1 process' : `${processes.size} processes`} on ${count(hosts.size, 'host')}`,
    ...(fingerprint === undefined ? [] : [`last SQL: ${fingerprint}`]),
  ].map(visible);
}

/** A terminal must not obey what a report contains. */
export function visible(text: string): string {
  // eslint-disable-next-line no-control-regex -- These are the ones meant.
  return text.replaceAll(/[\u0000-\u001f\u007f-\u009f]/gu, '�');
}
