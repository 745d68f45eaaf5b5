import type { CallSite } from '../lease/site.ts';
import { atLeast, call, check, count, flag, text, type Legal } from '../legal.ts';

/** Which acquire sites are meant: a part of `file:line:column function library`, a pattern for it, or a function. */
export type SitePattern = string | RegExp | ((site: CallSite) => boolean);

/** What goes wrong on purpose, so that error paths run that nothing else reaches. */
export interface Faults {
  /** Fails every statement that begins a transaction. Default `false`. */
  readonly failBegin?: boolean;
  /** Breaks a connection while its n-th statement of the process runs. Default: never. */
  readonly dieAfter?: number;
  /** Fails the n-th statement of each test. Default: none. */
  readonly failNth?: number;
}

/** What `failOnLeaks(options)` and `expectNoLeaks(options)` take. */
export interface LeakOptions {
  /** How long a connection may take to come back after the end of the test, in ms. Default 500. */
  readonly settleMs?: number;
  /** Leaves out connections that were acquired there. Default: none. */
  readonly ignoreSite?: SitePattern | readonly SitePattern[];
  /** Leaves out what the test already holds when `expectNoLeaks` is called. Default `false`. */
  readonly ignoreCurrent?: boolean;
  /**
   * Fails an acquire at once while the same scope of the test holds a connection of the same pool,
   * as if every pool had one connection. Default `false`.
   */
  readonly poolOfOne?: boolean;
  /** What goes wrong on purpose. Default `{}`: nothing. */
  readonly faults?: Faults;
}

const sites: Legal = {
  words: 'a non-empty string, a regular expression, a function, or an array of them',
  holds: (value) => (Array.isArray(value) ? value.every(isPattern) : isPattern(value)),
};

function isPattern(value: unknown): boolean {
  // A runner may have made it in a realm of its own.
  return text.holds(value) || call.holds(value) || Object.prototype.toString.call(value) === '[object RegExp]';
}

const fields: Readonly<Record<keyof LeakOptions, Legal>> = {
  settleMs: atLeast(0),
  ignoreSite: sites,
  ignoreCurrent: flag,
  poolOfOne: flag,
  faults: { words: 'an object', holds: (value) => typeof value === 'object' && value !== null },
};

const faultFields: Readonly<Record<keyof Faults, Legal>> = { failBegin: flag, dieAfter: count, failNth: count };

/**
 * Checks what was given.
 *
 * @throws LifeguardError `LIFEGUARD_BAD_OPTION` names the first wrong option and what is legal.
 */
export function readLeakOptions(given: LeakOptions, of: string): LeakOptions {
  check(given, fields, '', of);
  if (given.faults !== undefined) check(given.faults, faultFields, 'faults.', of);
  return given;
}

/** Is the site one of those that are left out? A function that throws leaves none out; `threw` is told with what. */
export function isIgnored(site: CallSite | undefined, given: LeakOptions['ignoreSite'], threw: (error: unknown) => void): boolean {
  if (site === undefined || given === undefined) return false;
  const { file, line, column, function: inside = '', library = '' } = site;
  const shown = `${file.replaceAll('\\', '/')}:${line}:${column} ${inside} ${library}`;
  const patterns = isList(given) ? given : [given];
  return patterns.some((pattern) => {
    if (typeof pattern === 'string') return shown.includes(pattern);
    if (typeof pattern !== 'function') return shown.search(pattern) >= 0;
    try {
      return pattern(site);
    } catch (error) {
      threw(error);
      return false;
    }
  });
}

function isList(given: SitePattern | readonly SitePattern[]): given is readonly SitePattern[] {
  return Array.isArray(given);
}
