import { readFileSync } from 'node:fs';
import { absolute } from '../generate/generate.ts';

/** A block of code of a page. */
export interface Sample {
  /** The heading of level two above it. */
  readonly section: string;
  /** The line of the page on which its fence opens, from 1. */
  readonly line: number;
  readonly language: string;
  /** The name of the file it shows, after the language: ```` ```js eslint.config.js ````. */
  readonly file: string | undefined;
  readonly code: string;
}

/** A page of the docs, taken apart. */
export interface Page {
  readonly path: string;
  readonly text: string;
  /** The headings with their marks: `## Why`. */
  readonly headings: readonly string[];
  readonly samples: readonly Sample[];
}

/** Reads a page; `path` is relative to the root of the repository. */
export function readPage(path: string): Page {
  const text = readFileSync(absolute(path), 'utf8');
  const headings: string[] = [];
  const samples: Sample[] = [];
  let section = '';
  let open: { readonly line: number; readonly language: string; readonly file: string | undefined } | undefined;
  let code: string[] = [];
  for (const [index, line] of text.split('\n').entries()) {
    const fence = /^```(?<language>\w*) ?(?<file>\S*)$/u.exec(line)?.groups;
    if (open !== undefined && line === '```') {
      samples.push({ section, ...open, code: `${code.join('\n')}\n` });
      open = undefined;
      code = [];
    } else if (open !== undefined) {
      code.push(line);
    } else if (fence !== undefined) {
      const { language = '', file = '' } = fence;
      open = { line: index + 1, language, file: file === '' ? undefined : file };
    } else if (line.startsWith('#')) {
      headings.push(line);
      if (line.startsWith('## ')) section = line.slice(3);
    }
  }
  if (open !== undefined) throw new Error(`${path}: the fence on line ${open.line} is never closed.`);
  return { path, text, headings, samples };
}

/** A finding as a sample states it: the line of the sample, and the message. */
export interface Stated {
  readonly line: number;
  readonly message: string;
}

const mark = / *\/\/ ✗ (?<message>.*)$/u;

/** What a sample says that the linter reports: `// ✗ message` at the end of the line. */
export function statedIn(code: string): readonly Stated[] {
  return code.split('\n').flatMap((text, index) => {
    const message = mark.exec(text)?.groups?.['message'];
    return message === undefined ? [] : [{ line: index + 1, message }];
  });
}

/** The sample as the linter gets it, without the expectations. */
export function withoutStated(code: string): string {
  return code
    .split('\n')
    .map((line) => line.replace(mark, ''))
    .join('\n');
}
