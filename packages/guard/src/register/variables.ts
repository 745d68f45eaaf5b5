import { nearest } from '@lifeguard/catalogue';
import { LifeguardError } from '../errors.ts';
import { flag, oneOf, text, type Legal } from '../legal.ts';
import { legalOptions, type GuardOptions } from '../options.ts';

/** What the environment says. */
export interface Variables {
  readonly options: GuardOptions;
  /** Whether events are logged to standard error. */
  readonly log?: boolean;
  /** Where the report is written. */
  readonly reportFile?: string;
  /** The file of the configuration, or `off`. */
  readonly config?: string;
}

interface Variable {
  readonly legal: Legal;
  /** Where the value belongs: the name of an option, or of one within it. */
  readonly path: readonly string[];
}

const start = 'LIFEGUARD_';

/** What no text can say, and what is every pool's own. */
const unspeakable = new Set(['name', 'drivers', 'clock', 'allow']);

const { guard, reclaim, ping } = legalOptions;

/** Every variable there is, by its name. */
export const variables: Readonly<Record<string, Variable>> = {
  LIFEGUARD: { legal: oneOf('on', 'off'), path: [] },
  LIFEGUARD_CONFIG: { legal: text, path: ['config'] },
  LIFEGUARD_LOG: { legal: flag, path: ['log'] },
  LIFEGUARD_REPORT_FILE: { legal: text, path: ['reportFile'] },
  ...variablesOf(guard, ['options']),
  LIFEGUARD_RECLAIM: { legal: oneOf('off', 'destroy'), path: ['options', 'reclaim'] },
  ...variablesOf(reclaim, ['options', 'reclaim']),
  LIFEGUARD_PING: { legal: { words: '\'on\', \'off\'', holds: (value) => typeof value === 'boolean' }, path: ['options', 'ping'] },
  ...variablesOf(ping, ['options', 'ping']),
};

function variablesOf(legal: Readonly<Record<string, Legal>>, path: readonly string[]): Readonly<Record<string, Variable>> {
  const words = path.slice(1);
  const names = Object.entries(legal).filter(([name]) => !unspeakable.has(name));
  return Object.fromEntries(names.map(([name, one]) => [['LIFEGUARD', ...[...words, name].map(upper)].join('_'), { legal: one, path: [...path, name] }]));
}

function upper(name: string): string {
  return name.replaceAll(/[A-Z]/gu, (letter) => `_${letter}`).toUpperCase();
}

/**
 * Reads the environment; what is wrong is told, and left out.
 *
 * @param warn - Is told of each variable that does not exist or has an illegal value.
 */
export function readVariables(environment: NodeJS.ProcessEnv, warn: (error: LifeguardError) => void): Variables {
  const read = new Map<string, unknown>();
  for (const [name, given] of Object.entries(environment)) {
    if (!/^LIFEGUARD(?:_|$)/u.test(name) || given === undefined || given.trim() === '') continue;
    const variable = Object.hasOwn(variables, name) ? variables[name] : undefined;
    if (variable === undefined) warn(unknown(name));
    else {
      const value = meanings(given.trim(), variable.legal).find((one) => variable.legal.holds(one));
      if (value === undefined) warn(wrong(name, given, variable.legal));
      else read.set(variable.path.join('.'), value);
    }
  }
  const option = (name: string): unknown => read.get(`options.${name}`);
  const options: Record<string, unknown> = {};
  for (const name of Object.keys(guard)) if (option(name) !== undefined) options[name] = option(name);
  const reclaims = within(read, 'options.reclaim.');
  const all = option('reclaim');
  if (Object.keys(reclaims).length > 0) {
    options['reclaim'] = { ...(all === undefined ? {} : { collected: all, scopeEnded: all, idle: all, held: all }), ...reclaims };
  }
  const pings = within(read, 'options.ping.');
  if (option('ping') === true || (Object.keys(pings).length > 0 && option('ping') !== false)) options['ping'] = pings;
  const rest = Object.fromEntries(['log', 'reportFile', 'config'].flatMap((name) => (read.has(name) ? [[name, read.get(name)]] : [])));
  return { ...rest, options };
}

function within(read: ReadonlyMap<string, unknown>, start: string): Readonly<Record<string, unknown>> {
  return Object.fromEntries([...read].flatMap(([path, value]) => (path.startsWith(start) ? [[path.slice(start.length), value]] : [])));
}

/** What a text may mean. */
function meanings(given: string, legal: Legal): readonly unknown[] {
  const word = given.toLowerCase();
  const isNo = ['off', 'false', ...(legal === flag ? ['0'] : [])].includes(word);
  const isYes = ['on', 'true', ...(legal === flag ? ['1'] : [])].includes(word);
  const number = /^\d+(?:\.\d+)?$/u.test(given) ? [Number(given)] : [];
  return [...number, given, ...(isNo ? [false] : []), ...(isYes ? [true] : [])];
}

function unknown(name: string): LifeguardError {
  // What all have in common would make any of them near.
  const near = nearest(name.slice(start.length), Object.keys(variables).map((one) => one.slice(start.length)));
  const hint = near === undefined || near === '' ? '.' : `; did you mean \`${start}${near}\`?`;
  return new LifeguardError('LIFEGUARD_BAD_VARIABLE', `\`${name}\` is no variable of Lifeguard${hint}`);
}

function wrong(name: string, given: string, { words }: Legal): LifeguardError {
  return new LifeguardError('LIFEGUARD_BAD_VARIABLE', `\`${name}\` is '${given}'; legal: ${words}.`);
}
