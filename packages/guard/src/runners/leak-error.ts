import { LifeguardError, type Code } from '../errors.ts';
import type { Lease } from '../lease/lease.ts';
import { siteOf, type CallSite } from '../lease/site.ts';
import { lastQueryOf } from '../lease/statement.ts';
import { placeOf } from '../place.ts';
import { frameOf } from './frame.ts';

/** The error of a test that has leaked: each lease with its acquire site and the code there, and what `ignoreSite` threw. */
export function leakError(test: string, leaks: readonly Lease[], thrown?: { readonly error: unknown }): LifeguardError {
  const what = leaks.length === 1 ? '1 connection was' : `${leaks.length} connections were`;
  const leak = errorAt('LIFEGUARD_LEAK', `${what} acquired in «${test}» and not given back.${thrown === undefined ? '' : ` \`ignoreSite\` threw, and ignores nothing: ${wordsOf(thrown.error)}.`}`, leaks.map((lease) => [headOf(lease), siteOf(lease.acquiredAt)]));
  if (thrown !== undefined) leak.cause = thrown.error;
  return leak;
}

/** An error may be of another realm, and what is thrown need not be one. */
function wordsOf(error: unknown): string {
  try {
    return String(error);
  } catch {
    return typeof error;
  }
}

/** What is known of a lease, in one line. */
function headOf(lease: Lease): string {
  const { ledger, state, evidence, heldMs, endedMs, isOpen } = lease;
  const lastQuery = lastQueryOf(lease);
  const details = [
    state === 'reclaimed' ? `taken back by the guard${evidence === 'collected' ? ', since nothing that could release it was left' : ''}` : undefined,
    `held for ${Math.round((isOpen ? ledger.clock.now() : endedMs) - heldMs)} ms`,
    lastQuery === undefined ? undefined : `last SQL: ${lastQuery}`,
  ].filter((detail) => detail !== undefined);
  return `${ledger.name}: acquired at ${shown(siteOf(lease.acquiredAt))} · ${details.join(' · ')}`;
}

/** An error that shows code, and whose stack leads to the first of it, so that runners and editors show that line. */
export function errorAt(code: Code, sentence: string, places: readonly (readonly [head: string, site: CallSite | undefined])[]): LifeguardError {
  const details = places.map(([head, site]) => {
    const frame = site === undefined ? '' : frameOf(site);
    return `\n\n${head}${frame === '' ? '' : `\n${frame}`}`;
  });
  const error = new LifeguardError(code, sentence, { details: details.join('') });
  const frames = places.flatMap(([, site]) => (site === undefined ? [] : `\n    at ${site.function ?? '<anonymous>'} (${site.file}:${site.line}:${site.column})`));
  error.stack = `${error.name}: ${error.message}${frames.join('')}`;
  return error;
}

/** A place for people. */
export function shown(site: CallSite | undefined): string {
  return site === undefined ? 'an unknown place' : placeOf(site);
}
