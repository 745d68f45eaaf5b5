import type { ESLint } from 'eslint';
import { problem } from '../problem.ts';
import { lint, type Linted, type LintOptions } from './lint.ts';

/**
 * Lints with type information, and without it what belongs to no `tsconfig.json`.
 *
 * TypeScript’s project service refuses such files, which is neither a syntax error of theirs nor
 * a reason not to check them.
 */
export async function lintWithTypes(
  files: readonly string[],
  options: Omit<LintOptions, 'configuration'>,
): Promise<Linted> {
  const typed = await lint(files, {
    ...options,
    configuration: { from: 'lifeguard', preset: 'type-checked' },
  });
  const refused = typed.results.filter(isRefused).map((result) => result.filePath);
  if (refused.length === 0) {
    return typed;
  }
  const untyped = await lint(refused, {
    ...options,
    configuration: { from: 'lifeguard', preset: 'recommended' },
  });
  const again = new Map(untyped.results.map((result) => [result.filePath, result]));
  const count = refused.length === 1 ? '1 file is' : `${refused.length} files are`;
  return {
    results: typed.results.map((result) => again.get(result.filePath) ?? result),
    problems: [...typed.problems, ...untyped.problems, problem('LIFEGUARD_UNTYPED', count)],
    rules: { ...typed.rules, ...untyped.rules },
    reports: new Map([...typed.reports, ...untyped.reports]),
  };
}

function isRefused({ messages }: ESLint.LintResult): boolean {
  return messages.some(
    ({ fatal, message }) => fatal === true && message.includes('by the project service'),
  );
}
