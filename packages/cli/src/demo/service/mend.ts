import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { ESLint, Linter } from 'eslint';
import { lint } from '../../lint/lint.ts';
import { LifeguardError } from '../../problem.ts';
import { sourcesIn } from './copy.ts';

/** The suggestion that is applied for a rule, by the id of its message. */
const chosen: Readonly<Record<string, string>> = {
  'lifeguard/require-release': 'wrapInFinally',
  'lifeguard/require-release-on-throw': 'wrapInFinally',
  'lifeguard/no-release-before-settled': 'addAwait',
  'lifeguard/no-floating-release': 'addAwait',
};

/** A suggestion that was applied. */
export interface Mended {
  readonly file: string;
  /** Where its finding was. */
  readonly line: number;
  /** What the linter calls it. */
  readonly title: string;
}

/** More rounds than a file has findings. */
const mostRounds = 20;

/**
 * Applies the linter's own suggestions to the service in a folder, one of a file at a time, until it
 * has none left.
 */
export async function mend(folder: string): Promise<readonly Mended[]> {
  const mended: Mended[] = [];
  for (let round = 0; round < mostRounds; round += 1) {
    const applied = (await lintService(folder)).flatMap((result) => applyFirst(result) ?? []);
    if (applied.length === 0) {
      return mended;
    }
    mended.push(...applied);
  }
  throw new Error('The suggestions of the linter do not come to an end.');
}

async function lintService(folder: string): Promise<readonly ESLint.LintResult[]> {
  const files = sourcesIn(folder).map((name) => path.join(folder, name));
  const { results, problems } = await lint(files, {
    cwd: folder,
    configuration: { from: 'lifeguard', preset: 'recommended' },
    concurrency: 'off',
  });
  const [first] = problems;
  if (first !== undefined) {
    throw new LifeguardError(first);
  }
  return results;
}

function applyFirst({ filePath, messages }: ESLint.LintResult): Mended | undefined {
  for (const { ruleId, line, suggestions = [] } of messages) {
    const wanted = suggestions.find(({ messageId }) => messageId === chosen[ruleId ?? '']);
    if (wanted !== undefined) {
      apply(filePath, wanted);
      return { file: path.basename(filePath), line, title: wanted.desc };
    }
  }
  return undefined;
}

function apply(file: string, { fix: { range, text } }: Linter.LintSuggestion): void {
  const before = readFileSync(file, 'utf8');
  writeFileSync(file, before.slice(0, range[0]) + text + before.slice(range[1]));
}
