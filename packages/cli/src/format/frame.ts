import type { Step } from '../finding/finding.ts';
import type { Paint } from './paint.ts';

const context = 1;
/** Longer lines, as in bundled code, are cut around the mark. */
const widest = 140;
const lead = 30;

/** Draws the lines of a losing path, each of its places marked and said what happens there. */
export function frame(steps: readonly Step[], lines: readonly string[], paint: Paint): string {
  const shown = shownLines(steps, lines.length);
  const gutter = String(shown.at(-1) ?? 0).length;
  const drawn: string[] = [];
  let previous: number | undefined;

  for (const number of shown) {
    if (previous !== undefined && number > previous + 1) {
      drawn.push(paint.dim(`  ${'·'.repeat(gutter).padStart(gutter)} │`));
    }
    previous = number;
    const marks = steps.filter(({ line }) => line === number);
    drawn.push(...drawLine(number, lines[number - 1] ?? '', marks, gutter, paint));
  }
  return drawn.join('\n');
}

function shownLines(steps: readonly Step[], last: number): number[] {
  const shown = new Set<number>();
  for (const { line } of steps) {
    for (let number = line - context; number <= line + context; number += 1) {
      if (number >= 1 && number <= last) {
        shown.add(number);
      }
    }
  }
  return [...shown].sort((one, other) => one - other);
}

function drawLine(
  number: number,
  text: string,
  marks: readonly Step[],
  gutter: number,
  paint: Paint,
): string[] {
  const label = String(number).padStart(gutter);
  const [first] = marks;
  if (first === undefined) {
    const code = text.length > widest ? `${text.slice(0, widest)}…` : text;
    return [paint.dim(`  ${label} │ ${visible(code)}`.trimEnd())];
  }
  const cut = text.length > widest ? Math.max(0, first.column - 1 - lead) : 0;
  const code = text.slice(cut, cut + widest);
  const drawn = [`${paint.red('›')} ${label} ${paint.dim('│')} ${visible(code)}`];
  for (const mark of marks) {
    const start = Math.min(Math.max(mark.column - 1 - cut, 0), code.length);
    const end = mark.endLine > mark.line ? code.length : mark.endColumn - 1 - cut;
    const length = Math.max(1, Math.min(end, code.length) - start);
    const carets = `${' '.repeat(start)}${paint.red('^'.repeat(length))}`;
    drawn.push(`  ${' '.repeat(gutter)} ${paint.dim('│')} ${carets} ${paint.red(mark.says)}`);
  }
  return drawn;
}

/** One character for each, so that the marks stay below what they mark. */
function visible(code: string): string {
  // eslint-disable-next-line no-control-regex -- A terminal must not obey what a file contains.
  return code.replaceAll('\t', ' ').replaceAll(/[\u0000-\u001f\u007f-\u009f]/g, '�');
}
