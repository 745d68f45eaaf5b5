import { readFileSync } from 'node:fs';
import path from 'node:path';
import { lookAgain } from '@lifeguard/eslint-plugin/records';
import type { ESLint } from 'eslint';
import { findFiles } from '../find/files.ts';
import { isIgnored, readResult } from '../finding/read.ts';
import { lint, type Linted } from '../lint/lint.ts';
import { lintWithTypes } from '../lint/typed.ts';
import { problem, type Problem } from '../problem.ts';
import { confirmAll } from '../reported/confirm.ts';
import { openBaseline } from './baseline.ts';
import type { CheckOptions } from './options.ts';
import type { Outcome } from '../finding/outcome.ts';

const notices = new Set<Problem['code']>([
  'LIFEGUARD_BASELINE_STALE',
  'LIFEGUARD_BASELINE_WRITTEN',
  'LIFEGUARD_LINES_SKIPPED',
  'LIFEGUARD_NO_RULE_ENABLED',
  'LIFEGUARD_REPORT_NOT_FOUND',
  'LIFEGUARD_SITES_LEFT_OUT',
  'LIFEGUARD_SKIPPED',
  'LIFEGUARD_UNTYPED',
]);

/** Checks files for leaked connections: find, lint, read, apply the baseline. */
export async function check(options: CheckOptions): Promise<Outcome> {
  const started = performance.now();
  const cwd = path.resolve(options.cwd ?? process.cwd());
  const baseline = openBaseline(options, cwd);

  const found = await findFiles(options.paths, cwd);
  const said: Problem[] = [...found.problems];
  if (found.files.length === 0 && said.length === 0) {
    const named = options.paths.map((one) => `"${one}"`).join(', ');
    said.push(problem('LIFEGUARD_NOTHING_TO_CHECK', named));
  }
  lookAgain();
  const reports = options.reports?.map((one) => path.resolve(cwd, one));
  const linted = await lintFound(found.files, options, cwd, reports);
  said.push(...linted.problems);

  const ignored = new Set(linted.results.filter(isIgnored).map((result) => result.filePath));
  for (const file of ignored) {
    said.push(problem('LIFEGUARD_IGNORED_BY_CONFIG', path.relative(cwd, file)));
  }
  const checked = linted.results
    .map(({ filePath }) => filePath)
    .filter((file) => !ignored.has(file));
  const read = linted.results.flatMap((result) => readResult(result, sourceOf(result)) ?? []);
  const { files: confirmed, problems: reportProblems } = confirmAll(read, linted.reports, cwd, reports);
  said.push(...reportProblems);
  const { files, notices: baselineNotices } = baseline.apply(confirmed, checked);
  said.push(...baselineNotices);
  if (found.skipped.length > 0) {
    said.push(problem('LIFEGUARD_SKIPPED', summaryOf(found.skipped, cwd)));
  }
  return {
    cwd,
    files,
    checked: checked.length,
    elapsedMs: performance.now() - started,
    problems: said.filter((one) => !isNotice(one)),
    notices: said.filter(isNotice),
    rules: linted.rules,
  };
}

async function lintFound(
  files: readonly string[],
  options: CheckOptions,
  cwd: string,
  reports: readonly string[] | undefined,
): Promise<Linted> {
  const configuration = options.configuration ?? { from: 'lifeguard', preset: 'recommended' };
  const total = files.length;
  const shared = {
    cwd,
    concurrency: options.concurrency ?? 'auto',
    ...(reports === undefined ? {} : { reports }),
    onProgress: (done: number) => options.onProgress?.(Math.min(done, total), total),
  };
  const isTyped = configuration.from === 'lifeguard' && configuration.preset === 'type-checked';
  options.onProgress?.(0, total);
  return isTyped ? lintWithTypes(files, shared) : lint(files, { ...shared, configuration });
}

/** ESLint leaves the source out where it has nothing to say, or applied a fix. */
function sourceOf(result: ESLint.LintResult): string {
  const isSilent = result.messages.length + result.suppressedMessages.length === 0;
  return result.source ?? (isSilent ? '' : readFileSync(result.filePath, 'utf8'));
}

function isNotice({ code }: Problem): boolean {
  return notices.has(code);
}

function summaryOf(skipped: readonly string[], cwd: string): string {
  const shown = skipped.slice(0, 4).map((target) => path.relative(cwd, target));
  const more = skipped.length - shown.length;
  return more > 0 ? `${shown.join(', ')} and ${more} more` : shown.join(', ');
}
