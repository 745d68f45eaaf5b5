import Table from 'cli-table3';
import type { Outcome } from '../finding/outcome.ts';
import { count } from '../count.ts';
import type { FileFindings } from '../finding/finding.ts';
import type { Paint } from './paint.ts';

/** How often a rule spoke. */
export interface RuleCount {
  readonly rule: string;
  readonly findings: number;
  readonly files: number;
}

/** Counts findings by rule, the most frequent first. */
export function countByRule(files: readonly FileFindings[]): RuleCount[] {
  const counts = new Map<string, { findings: number; files: Set<string> }>();
  for (const { file, findings } of files) {
    for (const { rule } of findings) {
      const entry = counts.get(rule) ?? { findings: 0, files: new Set() };
      entry.findings += 1;
      entry.files.add(file);
      counts.set(rule, entry);
    }
  }
  return [...counts]
    .map(([rule, entry]) => ({ rule, findings: entry.findings, files: entry.files.size }))
    .sort((one, other) => other.findings - one.findings || (one.rule < other.rule ? -1 : 1));
}

/** The summary by rule, as a table. */
export function ruleTable(files: readonly FileFindings[], paint: Paint): string {
  const table = new Table({
    head: ['Rule', 'Findings', 'Files'].map((title) => paint.bold(title)),
    colAligns: ['left', 'right', 'right'],
    style: { head: [], border: [], compact: true },
  });
  for (const { rule, findings, files: inFiles } of countByRule(files)) {
    table.push([rule, findings, inFiles]);
  }
  return table.toString();
}

/** «3 findings in 2 files, checked 14 files in 0.8 s». */
export function totals(outcome: Outcome): string {
  const withFindings = outcome.files.filter(({ findings }) => findings.length > 0);
  const found = withFindings.reduce((sum, { findings }) => sum + findings.length, 0);
  const suppressed = outcome.files.reduce((sum, file) => sum + file.suppressed.length, 0);
  const seconds = (outcome.elapsedMs / 1000).toFixed(1);
  const where = found === 0 ? 'No findings' : `${count(found, 'finding')} in ${count(withFindings.length, 'file')}`;
  const also = suppressed === 0 ? '' : ` (${suppressed} suppressed)`;
  return `${where}${also}, checked ${count(outcome.checked, 'file')} in ${seconds} s`;
}
