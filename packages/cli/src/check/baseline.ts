import { existsSync } from 'node:fs';
import path from 'node:path';
import { count } from '../count.ts';
import { applyBaseline, updateBaseline } from '../finding/baseline.ts';
import {
  type Baseline,
  defaultBaseline,
  readBaseline,
  writeBaseline,
} from '../finding/baseline-file.ts';
import type { FileFindings } from '../finding/finding.ts';
import { problem, type Problem } from '../problem.ts';
import type { CheckOptions } from './options.ts';

/** The part of a check that a baseline plays; it is opened early, to fail before the work. */
export interface OpenBaseline {
  apply(
    files: readonly FileFindings[],
    checked: readonly string[],
  ): { readonly files: readonly FileFindings[]; readonly notices: readonly Problem[] };
}

/** Opens the baseline that the options name, if they do. */
export function openBaseline(options: CheckOptions, cwd: string): OpenBaseline {
  if (options.updateBaseline) {
    return rewriting(options.baseline ?? defaultBaseline, cwd);
  }
  if (options.baseline === undefined) {
    return { apply: (files) => ({ files, notices: [] }) };
  }
  const baseline = readBaseline(options.baseline, cwd);
  return {
    apply(files, checked) {
      const applied = applyBaseline(files, baseline, checked, cwd);
      const stale = problem('LIFEGUARD_BASELINE_STALE', count(applied.stale, 'finding'));
      return { files: applied.files, notices: applied.stale > 0 ? [stale] : [] };
    },
  };
}

function rewriting(file: string, cwd: string): OpenBaseline {
  const target = path.resolve(cwd, file);
  const before = existsSync(target) ? readBaseline(file, cwd) : {};
  return {
    apply(files, checked) {
      const baseline = updateBaseline(before, files, checked, cwd);
      writeBaseline(target, baseline);
      return {
        files: applyBaseline(files, baseline, checked, cwd).files,
        notices: [problem('LIFEGUARD_BASELINE_WRITTEN', file, count(sizeOf(baseline), 'finding'))],
      };
    },
  };
}

function sizeOf(baseline: Baseline): number {
  return Object.values(baseline)
    .flatMap((rules) => Object.values(rules))
    .reduce((sum, entry) => sum + entry.count, 0);
}
