import type { TSESTree } from '@typescript-eslint/utils';
import type { Edit } from './edit.ts';
import type { Held } from './held.ts';
import { isBlank, lineEnd, lineStart, nextLine, type Shift } from './line.ts';
import type { ReleaseStatement } from './mentions.ts';
import { emptied } from './unwrap.ts';

/** What is left when statements are struck out. */
export interface Strike {
  readonly edits: readonly Edit[];
  /** Lines that lose the block around them. */
  readonly shifts: readonly Shift[];
  /** Comments that spoke of what was struck out. */
  readonly comments: readonly string[];
}

/**
 * Strikes the releases out, and the blocks that existed for them alone.
 *
 * Comments about them are taken along only where there is a place for them.
 */
export function strike(
  held: Held,
  releases: readonly ReleaseStatement[],
  { takesComments }: { readonly takesComments: boolean },
): Strike | undefined {
  const struck = new Set<TSESTree.Node>(releases.map(({ statement }) => statement));
  const blocks = emptied(held, struck);
  const edits: Edit[] = [];
  const shifts: Shift[] = [];
  const comments: string[] = [];
  for (const block of blocks) {
    if (!takesComments && block.comments.length > 0) continue;
    edits.push(...block.edits);
    shifts.push(...block.shifts);
    comments.push(...block.comments);
  }
  for (const statement of struck) {
    const [start, end] = statement.range;
    if (edits.some(({ range }) => range[0] <= start && end <= range[1])) continue;
    if (mayContinue(held, start, end)) return undefined;
    const [range, taken] = removal(held, start, end, takesComments);
    edits.push({ range, text: '' });
    comments.push(...taken);
  }
  return { edits, shifts, comments };
}

/** Without a semicolon the next line could become part of the line before. */
function mayContinue({ module }: Held, start: number, end: number): boolean {
  const { tokens = [] } = module.ast;
  const before = tokens.findLast(({ range }) => range[1] <= start)?.value ?? ';';
  const after = tokens.find(({ range }) => range[0] >= end)?.value ?? ';';
  return !/^[;{}]$/u.test(before) && /^[([`+\-/*.,]/u.test(after);
}

/** The range of a statement with the lines it stands on, and the comments that go with it. */
function removal(
  held: Held,
  start: number,
  end: number,
  takesComments: boolean,
): readonly [readonly [number, number], readonly string[]] {
  const { text, ast } = held.module;
  let from = lineStart(text, start);
  const isFirst = isBlank(text, from, start);
  const spaceBefore = isFirst ? 0 : (/[ \t]*$/u.exec(text.slice(from, start))?.[0].length ?? 0);
  const spaceAfter = isFirst ? (/^[ \t]*(?!\})/u.exec(text.slice(end))?.[0].length ?? 0) : 0;
  const inline = [[start - spaceBefore, end + spaceAfter], []] as const;
  if (!isFirst) return inline;
  const onLine = (ast.comments ?? []).filter(({ loc }) => loc.start.line === loc.end.line);
  const behind = onLine.find(({ range }) => range[0] >= end && range[0] < lineEnd(text, end));
  if (!isBlank(text, end, behind?.range[0] ?? lineEnd(text, end))) return inline;
  if (behind !== undefined && !isBlank(text, behind.range[1], lineEnd(text, end))) return inline;
  if (behind !== undefined && !takesComments) return inline;
  const taken = behind === undefined ? [] : [text.slice(...behind.range)];
  while (takesComments) {
    const before = lineStart(text, from - 1);
    const above = onLine.find(({ range }) => range[0] >= before && range[1] <= from);
    if (above === undefined || text.slice(before, from).trim() !== text.slice(...above.range)) break;
    taken.unshift(text.slice(...above.range));
    from = before;
  }
  const to = nextLine(text, end);
  const endsPart = /^[ \t]*(?:\}|\r?\n|$)/u.test(text.slice(to));
  while (endsPart && from > 0 && isBlank(text, lineStart(text, from - 1), from)) from = lineStart(text, from - 1);
  return [[from, to], taken];
}
