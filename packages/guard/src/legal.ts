import { nearest } from '@lifeguard/catalogue';
import { LifeguardError } from './errors.ts';

/** What an option may be. */
export interface Legal {
  readonly words: string;
  readonly holds: (value: unknown) => boolean;
}

/** A switch. */
export const flag: Legal = { words: 'true or false', holds: (value) => typeof value === 'boolean' };
/** What is called back. */
export const call: Legal = { words: 'a function', holds: (value) => typeof value === 'function' };
/** A name or a path. */
export const text: Legal = { words: 'a non-empty string', holds: (value) => typeof value === 'string' && value !== '' };

/** A whole number that counts something. */
export const count: Legal = { words: 'a whole number from 1 on', holds: (value) => Number.isInteger(value) && Number(value) >= 1 };
/** Where time is from. */
export const clock: Legal = { words: 'an object with `now`, `wall` and `after`', holds: isClock };

function isClock(value: unknown): boolean {
  return isObject(value) && ['now', 'wall', 'after'].every((key) => typeof value[key] === 'function');
}

/** The longest wait a timer of Node can be set to; a longer one would fire at once. */
const longestMs = 2 ** 31 - 1;

/** A time in milliseconds, from `least` on. */
export function atLeast(least: number): Legal {
  return {
    words: `a number of milliseconds from ${least} to ${longestMs}`,
    holds: (value) => typeof value === 'number' && value >= least && value <= longestMs,
  };
}

/** The same, or nothing of it. */
export function orFalse(legal: Legal): Legal {
  return { words: `${legal.words}, or false`, holds: (value) => value === false || legal.holds(value) };
}

/** One of these words. */
export function oneOf(...words: readonly string[]): Legal {
  return {
    words: words.map((word) => `'${word}'`).join(', '),
    holds: (value) => typeof value === 'string' && words.includes(value),
  };
}

/** Whether it has members that can be read. */
export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * Checks each option that was given.
 *
 * @param path - What stands before the names: `ping.`.
 * @param of - Whose options they are.
 * @throws LifeguardError `LIFEGUARD_BAD_OPTION` names the first wrong option and what is legal.
 */
export function check(given: object, legal: Readonly<Record<string, Legal>>, path: string, of = 'guard'): void {
  if (!isObject(given)) throw wrong(path.slice(0, -1) || 'options', given, 'an object');
  for (const [key, value] of Object.entries(given)) {
    const rule = Object.hasOwn(legal, key) ? legal[key] : undefined;
    if (rule === undefined) throw unknown(`${path}${key}`, meant(path, key, Object.keys(legal)), of);
    if (value !== undefined && !rule.holds(value)) throw wrong(`${path}${key}`, value, rule.words);
  }
}

function meant(path: string, key: string, legal: readonly string[]): string {
  const near = nearest(key, legal);
  return near === undefined ? `legal: ${legal.join(', ')}` : `did you mean \`${path}${near}\`?`;
}

function unknown(option: string, hint: string, of: string): LifeguardError {
  return new LifeguardError('LIFEGUARD_BAD_OPTION', `\`${option}\` is no option of ${of}; ${hint}`);
}

/** The error about an option that has an illegal value. */
export function wrong(option: string, value: unknown, legal: string): LifeguardError {
  const shown = typeof value === 'string' ? `'${value}'` : isObject(value) ? 'an object' : JSON.stringify(value);
  return new LifeguardError('LIFEGUARD_BAD_OPTION', `\`${option}\` is ${shown}; legal: ${legal}.`);
}
