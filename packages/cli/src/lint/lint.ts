import path from 'node:path';
import { ESLint, type Rule } from 'eslint';
import { LifeguardError, problem, type Problem, reasonOf } from '../problem.ts';
import { groupByBase } from './bases.ts';
import { batchesOf, type Concurrency } from './batches.ts';
import { type Configuration, selecting } from './configuration.ts';

/** How to lint. */
export interface LintOptions {
  readonly cwd: string;
  readonly configuration: Configuration;
  /** ESLint's own worker threads. */
  readonly concurrency: Concurrency;
  /** Absolute paths and globs of reports, instead of those of the configuration. */
  readonly reports?: readonly string[];
  /** Told after each batch how many files are done. */
  readonly onProgress?: (done: number) => void;
}

/** What ESLint said about all files, in their order. */
export interface Linted {
  readonly results: readonly ESLint.LintResult[];
  readonly problems: readonly Problem[];
  /** What the rules that reported something say about themselves. */
  readonly rules: Readonly<Record<string, Rule.RuleMetaData>>;
  /** Where the configuration has reports, for files with findings: absolute paths and globs. */
  readonly reports: ReadonlyMap<string, readonly string[]>;
}

/** Lints absolute paths; what stops one file never stops the others. */
export async function lint(files: readonly string[], options: LintOptions): Promise<Linted> {
  const results: ESLint.LintResult[] = [];
  const problems: Problem[] = [];
  const rules: Record<string, Rule.RuleMetaData> = {};
  const reports = new Map<string, readonly string[]>();
  let done = 0;

  for (const group of groupByBase(files, options.cwd)) {
    const eslint = new ESLint({
      cwd: group.base,
      ...selecting(options.configuration, options.cwd),
      concurrency: options.concurrency,
      ...(options.reports === undefined ? {} : { overrideConfig: { settings: { lifeguard: { reports: [...options.reports] } } } }),
      // Next.js has files called `[id].ts`.
      globInputPaths: false,
      errorOnUnmatchedPattern: false,
    });
    await ensureConfigured(eslint, group.files, options.configuration, problems);
    for (const batch of batchesOf(group.files, options.concurrency)) {
      const outcome = await lintBatch(eslint, batch, options.cwd);
      results.push(...outcome.results);
      for (const { filePath, messages, suppressedMessages } of outcome.results) {
        if (messages.length + suppressedMessages.length === 0) continue;
        const patterns = reportsIn(await eslint.calculateConfigForFile(filePath));
        if (patterns.length > 0) reports.set(filePath, patterns.map((pattern) => path.resolve(group.base, pattern)));
      }
      problems.push(...outcome.problems);
      Object.assign(rules, eslint.getRulesMetaForResults(outcome.results));
      done += batch.length;
      options.onProgress?.(done);
    }
  }
  return { results, problems, rules, reports };
}

/** ESLint gives up on all files if a rule throws on one: halve until that one is alone. */
async function lintBatch(
  eslint: ESLint,
  batch: readonly string[],
  cwd: string,
): Promise<{ results: ESLint.LintResult[]; problems: Problem[] }> {
  try {
    return { results: await eslint.lintFiles([...batch]), problems: [] };
  } catch (error) {
    const [only] = batch;
    if (batch.length === 1 && only !== undefined) {
      const shown = path.relative(cwd, only);
      return {
        results: [],
        problems: [problem('LIFEGUARD_CHECK_CRASHED', shown, reasonOf(error))],
      };
    }
    const middle = Math.ceil(batch.length / 2);
    const first = await lintBatch(eslint, batch.slice(0, middle), cwd);
    const second = await lintBatch(eslint, batch.slice(middle), cwd);
    return {
      results: [...first.results, ...second.results],
      problems: [...first.problems, ...second.problems],
    };
  }
}

async function ensureConfigured(
  eslint: ESLint,
  files: readonly string[],
  configuration: Configuration,
  problems: Problem[],
): Promise<void> {
  const candidates = configuration.from === 'lifeguard' ? files.slice(0, 1) : files;
  for (const file of candidates) {
    let config: unknown;
    try {
      config = await eslint.calculateConfigForFile(file);
    } catch (error) {
      throw new LifeguardError(problem('LIFEGUARD_CONFIG_FAILED', reasonOf(error)));
    }
    if (enablesRule(config)) return;
  }
  problems.push(problem('LIFEGUARD_NO_RULE_ENABLED'));
}

/** Does a configuration, as ESLint calculates it for a file, run one of our rules? */
function enablesRule(config: unknown): boolean {
  if (typeof config !== 'object' || config === null || !('rules' in config)) return false;
  const rules: readonly (readonly [string, unknown])[] = Object.entries(config.rules ?? {});
  return rules.some(([id, entry]) => id.startsWith('lifeguard/') && Array.isArray(entry) && entry[0] !== 0);
}

/** `settings.lifeguard.reports` of a configuration as ESLint calculates it for a file; the rules have checked it. */
function reportsIn(config: unknown): readonly string[] {
  const settings = isObject(config) ? config['settings'] : undefined;
  const ours = isObject(settings) ? settings['lifeguard'] : undefined;
  const reports: unknown = isObject(ours) ? (ours['reports'] ?? []) : [];
  return (Array.isArray(reports) ? reports : [reports]).filter((one) => typeof one === 'string');
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
