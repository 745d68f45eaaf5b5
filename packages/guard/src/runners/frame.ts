import { readFileSync } from 'node:fs';
import type { Site } from '../lease/site.ts';

const before = 2;
const after = 1;
/** Longer lines, as in bundled code, are cut around the mark. */
const widest = 140;
const lead = 30;

/** The lines around a site, with a mark below it; empty where its file cannot be read. */
export function frameOf({ file, line, column }: Site): string {
  let lines: readonly string[];
  try {
    lines = readFileSync(file, 'utf8').split(/\r?\n/u);
  } catch {
    return '';
  }
  const marked = lines[line - 1];
  if (marked === undefined) return '';
  const cut = marked.length > widest ? Math.max(0, column - 1 - lead) : 0;
  const last = Math.min(line + after, lines.length);
  const width = String(last).length;
  const drawn: string[] = [];
  for (let number = Math.max(1, line - before); number <= last; number += 1) {
    const code = visible((lines[number - 1] ?? '').slice(cut, cut + widest));
    drawn.push(`${number === line ? '›' : ' '} ${String(number).padStart(width)} │ ${code}`.trimEnd());
    if (number === line) drawn.push(`  ${' '.repeat(width)} │ ${' '.repeat(column - 1 - cut)}^`);
  }
  return drawn.join('\n');
}

/** One character for each, so that the mark stays below what it marks. */
function visible(code: string): string {
  // eslint-disable-next-line no-control-regex -- A terminal must not obey what a file contains.
  return code.replaceAll('\t', ' ').replaceAll(/[\u0000-\u001f\u007f-\u009f]/gu, '�');
}
