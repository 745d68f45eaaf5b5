import { readFileSync } from 'node:fs';
import path from 'node:path';
import { byHarm, locate, sourceOf, type Call, type Source, Tally } from '@lifeguard/eslint-plugin/records';
import { parseForESLint } from '@typescript-eslint/parser';
import { isCode } from '../find/code.ts';
import type { Place } from '../finding/finding.ts';

/** What reports say of one site, and where that stands today. */
export interface PlacedSite {
  readonly tally: Tally;
  /** Absolute; absent where stacks were off. */
  readonly file?: string;
  /** The call that acquires; absent where no line like it is left. */
  readonly place?: Place;
  readonly call?: Call;
  readonly state: 'same' | 'moved' | 'gone' | 'no-source' | 'no-site';
}

/**
 * Finds the sites of reports in the sources of today, the one of most harm first.
 *
 * What stands at the same call by now is one site: older versions had it on other lines.
 *
 * @param cwd - To what the paths of the reports are relative.
 */
export function placeSites(tallies: readonly Tally[], cwd: string): readonly PlacedSite[] {
  const byFile = new Map<string | undefined, Tally[]>();
  for (const tally of tallies) {
    const ofFile = byFile.get(tally.site?.file);
    if (ofFile === undefined) byFile.set(tally.site?.file, [tally]);
    else ofFile.push(tally);
  }
  const placed = [...byFile].flatMap(([file, ofFile]) =>
    file === undefined ? ofFile.map((tally): PlacedSite => ({ tally, state: 'no-site' })) : placeIn(path.resolve(cwd, file), ofFile),
  );
  return placed.sort((one, other) => byHarm(one.tally, other.tally));
}

function placeIn(file: string, tallies: readonly Tally[]): readonly PlacedSite[] {
  const source = readSource(file);
  if (source === undefined) return tallies.map((tally): PlacedSite => ({ tally, file, state: 'no-source' }));
  const found = new Map<Call, { tally: Tally; state: 'same' | 'moved' }>();
  const gone: PlacedSite[] = [];
  for (const tally of tallies) {
    const call = tally.site === undefined ? undefined : locate(tally.site, source);
    if (call === undefined) {
      gone.push({ tally, file, state: 'gone' });
      continue;
    }
    const isSame = tally.site !== undefined && call.loc.start.line <= tally.site.line && tally.site.line <= call.loc.end.line;
    const sum = found.get(call) ?? { tally: new Tally(tally.site), state: isSame ? 'same' : 'moved' };
    sum.tally.add(tally);
    found.set(call, sum);
  }
  return [...[...found].map(([call, { tally, state }]): PlacedSite => ({ tally, file, state, call, place: placeOf(call) })), ...gone];
}

function placeOf({ loc: { start, end } }: Call): Place {
  return { line: start.line, column: start.column + 1, endLine: end.line, endColumn: end.column + 1 };
}

/** A file that no parser accepts has no calls. */
function readSource(file: string): Source | undefined {
  // A report may come from anywhere: it shows nothing that is no code.
  if (!isCode(file)) return undefined;
  let text;
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
  const lines = linesOf(text);
  try {
    const { ast } = parseForESLint(text, { filePath: file, ecmaFeatures: { jsx: /\.(?:[cm]?js|[jt]sx)$/u.test(file) }, sourceType: 'module' });
    return sourceOf(ast, lines);
  } catch {
    return { lines, calls: [] };
  }
}

/** The lines of a text, as ESLint counts them. */
export function linesOf(text: string): readonly string[] {
  return text.split(/\r\n|[\n\r\u2028\u2029]/u);
}
