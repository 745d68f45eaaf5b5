import { existsSync } from 'node:fs';
import path from 'node:path';
import type { Baseline } from './baseline-file.ts';
import type { FileFindings, Finding, SuppressedFinding } from './finding.ts';

/** What is left after the baseline, and how many of its entries no longer occur. */
export interface Applied {
  readonly files: readonly FileFindings[];
  readonly stale: number;
}

/**
 * Suppresses as ESLint does: all errors of a rule in a file if there are at most as many as the
 * baseline counts, none if there are more, for nobody can tell which one is new.
 */
export function applyBaseline(
  files: readonly FileFindings[],
  baseline: Baseline,
  checked: readonly string[],
  cwd: string,
): Applied {
  const byFile = new Map(files.map((file) => [file.file, file]));
  let stale = 0;
  for (const file of checked) {
    const found = countByRule(byFile.get(file)?.findings ?? []);
    for (const [rule, { count }] of Object.entries(baseline[keyOf(file, cwd)] ?? {})) {
      stale += isOurs(rule) ? Math.max(0, count - (found.get(rule) ?? 0)) : 0;
    }
  }
  return { files: files.map((file) => suppressIn(file, baseline[keyOf(file.file, cwd)])), stale };
}

/** Counts the errors of the checked files into a baseline; what others wrote there stays. */
export function updateBaseline(
  before: Baseline,
  files: readonly FileFindings[],
  checked: readonly string[],
  cwd: string,
): Baseline {
  const byFile = new Map(files.map((file) => [keyOf(file.file, cwd), file.findings]));
  const wasChecked = new Set(checked.map((file) => keyOf(file, cwd)));
  const after: Baseline = {};
  for (const key of [...new Set([...Object.keys(before), ...byFile.keys()])].sort()) {
    const kept = Object.entries(before[key] ?? {}).filter(
      ([rule]) => !isOurs(rule) || (!wasChecked.has(key) && existsSync(path.resolve(cwd, key))),
    );
    const counted = [...countByRule(byFile.get(key) ?? [])].map(
      ([rule, count]) => [rule, { count }] as const,
    );
    const entries = [...kept, ...counted].sort(([one], [other]) => (one < other ? -1 : 1));
    if (entries.length > 0) {
      after[key] = Object.fromEntries(entries);
    }
  }
  return after;
}

function suppressIn(file: FileFindings, allowed: Baseline[string] | undefined): FileFindings {
  const found = countByRule(file.findings);
  const isAllowed = ({ rule, severity }: Finding) => {
    const most = allowed?.[rule]?.count;
    return severity === 'error' && most !== undefined && (found.get(rule) ?? Infinity) <= most;
  };
  const newly = file.findings
    .filter(isAllowed)
    .map((finding): SuppressedFinding => ({ ...finding, by: 'baseline' }));
  return {
    ...file,
    findings: file.findings.filter((finding) => !isAllowed(finding)),
    suppressed: [...file.suppressed, ...newly],
  };
}

/** Warnings and syntax errors are never in a baseline, as in ESLint's. */
function countByRule(findings: readonly Finding[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { rule, severity } of findings) {
    if (severity === 'error' && isOurs(rule)) {
      counts.set(rule, (counts.get(rule) ?? 0) + 1);
    }
  }
  return counts;
}

function isOurs(rule: string): boolean {
  return rule.startsWith('lifeguard/');
}

function keyOf(file: string, cwd: string): string {
  return path.relative(cwd, file).split(path.sep).join('/');
}
