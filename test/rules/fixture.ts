import { readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** A program of `test/fixtures` and what is to be found in it. */
export interface Fixture {
  /** The rule it is for, or `clean`: silent under every rule. */
  readonly folder: string;
  /** `require-release/loop.js`, for titles. */
  readonly name: string;
  readonly file: string;
  readonly text: string;
  /** `messageId@line`, in the order of the lines. */
  readonly expected: readonly string[];
}

const root = fileURLToPath(new URL('../fixtures/', import.meta.url));

/** All fixtures, by folder and name. */
export function fixtures(): readonly Fixture[] {
  return readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((path) => ['.js', '.ts'].includes(extname(path)))
    .sort()
    .map((path) => {
      const text = readFileSync(join(root, path), 'utf8');
      return { folder: basename(dirname(path)), name: path, file: join(root, path), text, expected: marksIn(text) };
    });
}

/** Reads the marks: `… // ✗ neverReleased` at the end of a line, several with commas. */
function marksIn(text: string): readonly string[] {
  return text.split('\n').flatMap((line, index) => {
    const mark = /\/\/ ✗ (.*)$/u.exec(line)?.[1];
    return mark === undefined ? [] : mark.split(',').map((id) => `${id.trim()}@${index + 1}`).sort();
  });
}
