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

/** Strikes the releases out, and the blocks that existed for them alone. */
export function strike(held: Held, releases: readonly ReleaseStatement[]): Strike | undefined {
  const struck = new Set<TSESTree.Node>(releases.map(({ statement }) => statement));
  const blocks = emptied(held, struck);
  const edits: Edit[] = [];
  const shifts: Shift[] = [];
  const comments: string[] = [];
  for (const block of blocks) {
    edits.push(...block.edits);
    shifts.push(...block.shifts);
    comments.push(...block.comments);
  }
  for (const statement of struck) {
    const [start, end] = statement.range;
    if (edits.some(({ range }) => range[0] <= start && end <= range[1])) continue;
    if (mayContinue(held, start, end)) return undefined;
    const [range, comment] = removal(held, start, end);
    edits.push({ range, text: '' });
    if (comment !== undefined) comments.push(comment);
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

/** The range of a statement with the line it stands on, and a comment behind it. */
export function removal(
  { module }: Held,
  start: number,
  end: number,
): readonly [readonly [number, number], string | undefined] {
  const { text } = module;
  let from = lineStart(text, start);
  if (!isBlank(text, from, start)) return [[start, end + (/[ \t]*/y.exec(text.slice(end))?.[0].length ?? 0)], undefined];
  const close = lineEnd(text, end);
  const tail = text.slice(end, close).trim();
  const isComment = (module.ast.comments ?? []).some(
    ({ range, loc }) => range[0] >= end && loc.start.line === loc.end.line && text.slice(...range) === tail && range[1] <= close,
  );
  if (tail !== '' && !isComment) return [[start, end + (/[ \t]*/y.exec(text.slice(end))?.[0].length ?? 0)], undefined];
  const to = nextLine(text, end);
  const isLast = /^\s*(?:\}|\r?\n|$)/u.test(text.slice(to)) || /^\s*\}/u.test(text.slice(to));
  while (isLast && from > 0 && isBlank(text, lineStart(text, from - 1), from)) from = lineStart(text, from - 1);
  return [[from, to], isComment ? tail : undefined];
}
