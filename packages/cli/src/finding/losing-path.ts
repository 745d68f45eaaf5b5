import type { Place, Step } from './finding.ts';

const mention = /(?:`(?<code>[^`]+)`[^`]*?)?\blines? (?<line>\d+)/g;

/** What the reported place is where it is no acquire. */
const ownWords: Readonly<Record<string, string>> = {
  'lifeguard/require-body-consumed': 'received here',
  'lifeguard/no-pool-per-call': 'done on each call',
  'lifeguard/require-acquire-timeout': 'made here',
};

/** What the lines of a message are, in its order, for rules whose sentence always has the same. */
const wordsInOrder: Readonly<Record<string, readonly string[]>> = {
  'lifeguard/no-double-release': ['released here', 'released again here'],
  'lifeguard/no-use-after-release': ['released here', 'used here'],
  'lifeguard/no-release-before-settled': ['released here', 'may still be running'],
  'lifeguard/no-floating-release': ['not awaited'],
};

/** What a mentioned line is, by the words of its clause; the first that fits. */
const mentionedWords: readonly (readonly [RegExp, string])[] = [
  [/\bthrows|\brejects|\bfails/, 'lost if this throws'],
  [/\bthrow/, 'lost by this throw'],
  [/\bcontinue|\bbreak|\biteration|\bloop/, 'lost by the next round'],
  [/\boverwritten|\breassigned/, 'lost when overwritten'],
  [/\breturn/, 'lost by this return'],
  [/\bpending|\bsettle|\bstill run/, 'may still be running'],
  [/\bcondition/, 'lost on this way'],
  [/\bis set/, 'lost on this way'],
  [/\bends/, 'lost here'],
];

/** The report a path is read from. */
export interface Report extends Place {
  readonly rule: string;
  readonly message: string;
}

/**
 * Reads the losing path from a lint message.
 *
 * ESLint's workers send one place and one sentence, so the sentence names the other places:
 * «`client` is not released if `client.query()` on line 14 throws.»
 */
export function losingPath(report: Report, lines: readonly string[]): readonly Step[] {
  const { line, column, endLine, endColumn } = report;
  const own: Step = { line, column, endLine, endColumn, says: ownWords[report.rule] ?? 'acquired here' };
  const steps: Step[] = [];

  const mentions = [...report.message.matchAll(mention)];
  for (const [index, match] of mentions.entries()) {
    const place = placeOf(Number(match.groups?.['line']), match.groups?.['code'], lines);
    if (place === undefined) {
      continue;
    }
    const previous = mentions[index - 1];
    const from = previous === undefined ? 0 : previous.index + previous[0].length;
    const says =
      wordsInOrder[report.rule]?.[index] ??
      wordsFor(report.message.slice(from, mentions[index + 1]?.index));
    steps.push({ ...place, says });
  }
  return [own, ...steps.sort((a, b) => (report.rule in wordsInOrder ? a.line - b.line : 0))];
}

function wordsFor(clause: string): string {
  return mentionedWords.find(([words]) => words.test(clause))?.[1] ?? 'then here';
}

/** The quoted code where it stands on the line, or the statement that leaves, or the whole line. */
function placeOf(
  line: number,
  code: string | undefined,
  lines: readonly string[],
): Place | undefined {
  const text = lines[line - 1]?.trimEnd() ?? '';
  if (text === '') {
    return undefined;
  }
  const callee = code?.replace(/\(.*$/s, '') ?? '';
  const found = callee === '' ? -1 : text.indexOf(callee);
  if (found >= 0) {
    return onLine(line, found, found + callee.length);
  }
  const leaving = text.search(/\b(?:return|throw|continue|break)\b/);
  return onLine(line, leaving >= 0 ? leaving : text.search(/\S/), text.length);
}

function onLine(line: number, start: number, end: number): Place {
  return { line, column: start + 1, endLine: line, endColumn: end + 1 };
}
