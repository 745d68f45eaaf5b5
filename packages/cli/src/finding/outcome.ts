import type { Rule } from 'eslint';
import type { FileFindings } from './finding.ts';
import type { Problem } from '../problem.ts';

/** All a check found out; every format is made from it. */
export interface Outcome {
  /** Where printed paths start. */
  readonly cwd: string;
  /** Files with findings or suppressed findings, in the order they were checked. */
  readonly files: readonly FileFindings[];
  /** How many files were checked. */
  readonly checked: number;
  readonly elapsedMs: number;
  /** What kept a path from being checked: the run ends with exit code 2. */
  readonly problems: readonly Problem[];
  /** What a person should know but need not act on. */
  readonly notices: readonly Problem[];
  readonly rules: Readonly<Record<string, Rule.RuleMetaData>>;
}
