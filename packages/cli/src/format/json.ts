import type { Outcome } from '../finding/outcome.ts';
import type { Finding } from '../finding/finding.ts';
import { shownPath } from './shown-path.ts';
import { countByRule } from './summary.ts';

/** For programs: one object, with the paths from the working directory. */
export function json(outcome: Outcome): string {
  const report = {
    version: 1,
    findings: outcome.files.flatMap(({ file, findings }) =>
      findings.map((finding) => entryOf(finding, shownPath(file, outcome.cwd))),
    ),
    suppressed: outcome.files.flatMap(({ file, suppressed }) =>
      suppressed.map((finding) => ({
        ...entryOf(finding, shownPath(file, outcome.cwd)),
        by: finding.by,
      })),
    ),
    rules: countByRule(outcome.files),
    checked: outcome.checked,
    elapsedMs: Math.round(outcome.elapsedMs),
    problems: outcome.problems,
    notices: outcome.notices,
  };
  return `${JSON.stringify(report, null, 2)}\n`;
}

function entryOf(finding: Finding, file: string) {
  const { rule, severity, message, line, column, endLine, endColumn, steps, runtime } = finding;
  return { file, rule, severity, message, line, column, endLine, endColumn, steps, ...(runtime === undefined ? {} : { runtime }) };
}
