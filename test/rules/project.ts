import * as typescriptParser from '@typescript-eslint/parser';
import { Linter } from 'eslint';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect } from 'vitest';
import plugin from '../../packages/eslint-plugin/src/index.ts';

/** The files of a program, by their paths; `// ✗ neverReleased` at the end of a line is what is to be found there. */
export type Project = Readonly<Record<string, string>>;

/** Writes the files of a program into a folder of their own; `links` lead from a path to a folder, both of the program. */
export function writeProject(files: Project, links: Readonly<Record<string, string>> = {}): string {
  const root = mkdtempSync(join(tmpdir(), 'lifeguard-project-'));
  for (const [name, text] of Object.entries(files)) {
    const path = join(root, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  }
  for (const [name, target] of Object.entries(links)) {
    mkdirSync(dirname(join(root, name)), { recursive: true });
    symlinkSync(join(root, target), join(root, name), 'dir');
  }
  return root;
}

/** Lints all files of a program under the recommended rules: what is found is what is marked, and no more. */
export function expectMarked(files: Project, settings: Record<string, unknown> = {}, links: Readonly<Record<string, string>> = {}): void {
  const root = writeProject(files, links);
  try {
    const programs = Object.entries(files).filter(([name]) => /\.[jt]sx?$/u.test(name));
    const found = programs.flatMap(([name, text]) => findings(join(root, name), text, settings).map((one) => `${name} ${one}`));
    expect(found).toEqual(programs.flatMap(([name, text]) => marks(text).map((one) => `${name} ${one}`)));
  } finally {
    rmSync(root, { recursive: true });
  }
}

/** What the recommended rules find in a file: `messageId@line`. */
function findings(path: string, text: string, settings: Record<string, unknown>): string[] {
  const messages = new Linter({ cwd: '/' }).verify(
    text,
    {
      files: ['**/*.{js,jsx,ts,tsx}'],
      languageOptions: path.includes('.ts') ? { parser: typescriptParser } : {},
      plugins: { lifeguard: plugin },
      rules: plugin.configs.recommended.rules,
      settings: { lifeguard: settings },
    },
    { filename: path },
  );
  return messages.map(({ messageId, message, line }) => `${messageId ?? message}@${line}`);
}

function marks(text: string): string[] {
  return text.split('\n').flatMap((line, index) => {
    const mark = /\/\/ ✗ (\w+)$/u.exec(line)?.[1];
    return mark === undefined ? [] : [`${mark}@${index + 1}`];
  });
}
