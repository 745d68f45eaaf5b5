import { acquireNames, type Tally, times } from '@lifeguard/eslint-plugin/records';
import { count } from '../count.ts';
import type { Confirmation, FileFindings, Finding, Place } from '../finding/finding.ts';
import type { Problem } from '../problem.ts';
import { readReports, type Reported } from './read.ts';
import { leakWords } from './say.ts';

/** How often what a rule warns of was seen at run time, and how that is said; for the rules of which it can be seen. */
const witnesses: Readonly<Record<string, (tally: Tally) => readonly [seen: number, words: string]>> = {
  'lifeguard/require-release': leaked,
  'lifeguard/require-release-on-throw': leaked,
  'lifeguard/no-floating-release': leaked,
  'lifeguard/no-double-release': usedLate,
  'lifeguard/no-use-after-release': usedLate,
  'lifeguard/no-release-before-settled': ({ busyReturns }) => [busyReturns, `came back while it was busy ${times(busyReturns)}`],
};

function leaked(tally: Tally): readonly [number, string] {
  return [tally.leaks, leakWords(tally) ?? ''];
}

function usedLate({ staleHandles }: Tally): readonly [number, string] {
  return [staleHandles, `used or released after its end ${times(staleHandles)}`];
}

/**
 * Adds to each finding what was seen of it at run time.
 *
 * @param reports - Where the reports for each file are. What is missing is told, for it may be misspelt.
 * @param named - Reports that are read also where nothing was found.
 */
export function confirmAll(
  files: readonly FileFindings[],
  reports: ReadonlyMap<string, readonly string[]>,
  cwd: string,
  named: readonly string[] | undefined,
): { readonly files: readonly FileFindings[]; readonly problems: readonly Problem[] } {
  const read = new Map<string, Reported>();
  if (named !== undefined) read.set(named.join('\n'), readReports(named, cwd));
  const confirmed = files.map((file) => {
    const patterns = reports.get(file.file);
    if (patterns === undefined) return file;
    const key = patterns.join('\n');
    const reported = read.get(key) ?? readReports(patterns, cwd);
    read.set(key, reported);
    return confirm(file, reported);
  });
  return { files: confirmed, problems: [...read.values()].flatMap(({ problems }) => problems) };
}

function confirm(file: FileFindings, reported: Reported): FileFindings {
  const withRuntime = <F extends Finding>(finding: F): F => {
    const runtime = confirmationOf(finding, file, reported);
    return runtime === undefined ? finding : { ...finding, runtime };
  };
  return { ...file, findings: file.findings.map(withRuntime), suppressed: file.suppressed.map(withRuntime) };
}

function confirmationOf(finding: Finding, { file, lines }: FileFindings, reported: Reported): Confirmation | undefined {
  const witness = witnesses[finding.rule];
  if (witness === undefined) return undefined;
  const site = reported.sites.find((one) => one.file === file && one.place !== undefined && isSame(one.place, finding));
  if (site === undefined) return isSeenByGuard(finding, lines, reported) ? { verdict: 'never-run', says: 'never run' } : undefined;
  const { tally } = site;
  const [seen, words] = witness(tally);
  const { checkouts, withdrawn, returnedLate, suspected } = tally;
  if (seen > 0) return { verdict: 'confirmed', says: `confirmed at run time: ${words}`, seen, checkouts };
  const ended = Math.max(checkouts, withdrawn + returnedLate);
  const what = witness === leaked ? 'never seen leaking' : 'never seen';
  const alarms = [withdrawn + returnedLate > 0 ? `came back late ${times(withdrawn + returnedLate)}` : '', suspected > 0 ? `suspected ${times(suspected)}` : ''];
  const also = alarms.flatMap((one) => (one === '' ? [] : [`; ${one}`])).join('');
  return { verdict: 'never-seen', says: `${what} in ${count(ended, 'checkout')}${also}`, seen: 0, checkouts: ended };
}

function isSame(one: Place, other: Place): boolean {
  return one.line === other.line && one.column === other.column && one.endLine === other.endLine && one.endColumn === other.endColumn;
}

/**
 * Whether the guard would have counted this call, had it run. Not where reports count no checkouts, and
 * not where a function of the application lends what it acquired itself: the guard saw the line in there.
 */
function isSeenByGuard(finding: Finding, lines: readonly string[], { countsCheckouts, sites }: Reported): boolean {
  const name = methodCalled(finding, lines);
  if (!countsCheckouts || name === undefined || !acquireNames.has(name)) return false;
  return !sites.some(({ tally }) => tally.site?.function?.split(/[.\s]/u).at(-1) === name);
}

/** `connect` of `pool.connect()`: the name before the last pair of parentheses, where it is that of a member. */
function methodCalled({ line, column, endLine, endColumn }: Place, lines: readonly string[]): string | undefined {
  const text = lines
    .slice(line - 1, endLine)
    .map((one, index, all) => one.slice(index === 0 ? column - 1 : 0, index === all.length - 1 ? endColumn - 1 : undefined))
    .join('\n');
  let depth = 0;
  for (let at = text.length - 1; at >= 0; at -= 1) {
    if (text[at] === ')') depth += 1;
    if (text[at] === '(') depth -= 1;
    if (depth === 0) return /\.\s*(?<name>[\w$]+)\s*(?:<[^()]*>)?\s*$/u.exec(text.slice(0, at))?.groups?.['name'];
  }
  return undefined;
}
