import type { TSESTree } from '@typescript-eslint/utils';
import { visitAll } from '../../read/walk.ts';
import type { Edit } from './edit.ts';

/** Where the line of a position starts. */
export function lineStart(text: string, at: number): number {
  return text.lastIndexOf('\n', at - 1) + 1;
}

/** Where the next line starts, or the text ends. */
export function nextLine(text: string, at: number): number {
  const newline = text.indexOf('\n', at);
  return newline < 0 ? text.length : newline + 1;
}

/** Where the line of a position ends, its line break excluded. */
export function lineEnd(text: string, at: number): number {
  const newline = text.indexOf('\n', at);
  if (newline < 0) return text.length;
  return newline > at && text[newline - 1] === '\r' ? newline - 1 : newline;
}

/** The line break of a file. */
export function lineBreak(text: string): string {
  return text.includes('\r\n') ? '\r\n' : '\n';
}

/** The white space in front of a line's first word. */
export function indentAt(text: string, at: number): string {
  return /[ \t]*/y.exec(text.slice(lineStart(text, at)))?.[0] ?? '';
}

/** One level of indentation, as the file has it. */
export function indentUnit(text: string): string {
  let smallest: string | undefined;
  for (const [, space = ''] of text.matchAll(/^([ \t]+)[^\s*]/gmu)) {
    if (space.startsWith('\t')) return '\t';
    if (space.length === 2) return space;
    if (space.length > 1 && (smallest === undefined || space.length < smallest.length)) smallest = space;
  }
  return smallest ?? '  ';
}

/** Is there only white space between two positions? */
export function isBlank(text: string, from: number, to: number): boolean {
  return text.slice(from, to).trim() === '';
}

/** A stretch of lines that moves one level to the right or to the left. */
export interface Shift {
  readonly range: readonly [number, number];
  readonly levels: 1 | -1;
}

/** The edits that move lines; what is inside a template or a string stays where it is. */
export function shifted(
  root: TSESTree.Node,
  text: string,
  shifts: readonly Shift[],
  edits: readonly Edit[],
): readonly Edit[] {
  const unit = indentUnit(text);
  const fixed = literalRanges(root);
  const found: Edit[] = [];
  const from = Math.min(...shifts.map(({ range }) => range[0]));
  const to = Math.max(...shifts.map(({ range }) => range[1]));
  for (let at = lineStart(text, from); at < to; at = nextLine(text, at)) {
    const covers = ({ range }: { readonly range: readonly [number, number] }): boolean =>
      range[0] <= at && at < range[1];
    const levels = shifts.filter(covers).reduce((sum, shift) => sum + shift.levels, 0);
    const isInside = fixed.some(([start, end]) => start < at && at < end);
    const isGone = edits.some((edit) => covers(edit));
    if (levels === 0 || isInside || isGone || isBlank(text, at, lineEnd(text, at))) continue;
    if (levels > 0) found.push({ range: [at, at], text: unit.repeat(levels) });
    else if (text.startsWith(unit, at)) found.push({ range: [at, at + unit.length], text: '' });
  }
  return found;
}

function literalRanges(root: TSESTree.Node): readonly (readonly [number, number])[] {
  const ranges: (readonly [number, number])[] = [];
  const isSpread = ({ loc }: TSESTree.Node): boolean => loc.start.line < loc.end.line;
  visitAll(
    root,
    (node) => {
      const isText = node.type === 'TemplateElement' || node.type === 'Literal' || node.type === 'JSXText';
      if (isText && isSpread(node)) ranges.push(node.range);
    },
    isSpread,
  );
  return ranges;
}
