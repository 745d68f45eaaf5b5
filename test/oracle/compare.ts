import { normalRule, type Lint } from './lint.ts';
import type { Policy } from './policy.ts';
import { patient, truthOf, usual, type Verdict } from './truth.ts';

/** What the linter and the runs say of one acquire. */
export interface Finding {
  readonly line: number;
  readonly truth: Verdict;
  readonly rules: readonly string[];
}

/**
 * Runs and lints one program. An acquire the linter reports is looked at with more patience before
 * the report is called false: leaks may need several unlikely turns.
 */
export async function compare(source: string, policy: Policy, lint: Lint): Promise<Finding[]> {
  const rules = new Map<number, string[]>();
  for (const { line, ruleId } of lint(source, policy)) rules.set(line, [...(rules.get(line) ?? []), ruleId]);
  let { sites } = await truthOf(source, policy, usual);
  const doubtful = [...sites].some(([line, truth]) => truth === 'clean' && rules.has(line));
  if (doubtful) ({ sites } = await truthOf(source, policy, patient));
  const findings = [...sites].map(([line, truth]) => ({ line, truth, rules: rules.get(line) ?? [] }));
  const elsewhere = [...rules].filter(([line]) => !sites.has(line));
  return [...findings, ...elsewhere.map(([line, named]) => ({ line, truth: 'clean' as const, rules: named }))];
}

export function isMissed({ truth, rules }: Finding): boolean {
  return (truth === 'normal' || truth === 'throw') && rules.length === 0;
}

export function isFalse({ truth, rules }: Finding): boolean {
  return truth === 'clean' && rules.length > 0;
}

/** Lost on a path without an exception, and reported for the other kind of path only. */
export function isMisfiled({ truth, rules }: Finding): boolean {
  return truth === 'normal' && rules.length > 0 && !rules.includes(normalRule);
}

/** The program with each acquire's truth and reports written on its line. */
export function annotate(source: string, findings: readonly Finding[]): string {
  const lines = source.split('\n');
  for (const { line, truth, rules } of findings) {
    const comment = ` // truth: ${truth}, reported: ${rules.join(' ') || 'nothing'}`;
    lines[line - 1] = (lines[line - 1] ?? '') + comment;
  }
  return lines.join('\n');
}
