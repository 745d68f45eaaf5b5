import type { Outcome } from '../finding/outcome.ts';
import type { Confirmation, Finding } from '../finding/finding.ts';
import { frame } from './frame.ts';
import type { Paint } from './paint.ts';
import { shownPath } from './shown-path.ts';
import { ruleTable, totals } from './summary.ts';

/** For a person at a terminal: each finding with its losing path, then a summary by rule. */
export function stylish(outcome: Outcome, paint: Paint): string {
  const parts: string[] = [];
  for (const { file, lines, findings } of outcome.files) {
    for (const finding of findings) {
      parts.push(drawFinding(finding, shownPath(file, outcome.cwd), lines, paint));
    }
  }
  if (parts.length > 0) {
    parts.push(ruleTable(outcome.files, paint));
  }
  const colour = parts.length > 0 ? paint.red : paint.green;
  parts.push(colour(paint.bold(`${totals(outcome)}.`)));
  return `${parts.join('\n\n')}\n`;
}

/** One finding: where, which rule, what, and the path. */
export function drawFinding(
  finding: Finding,
  shown: string,
  lines: readonly string[],
  paint: Paint,
): string {
  const where = paint.underline(`${shown}:${finding.line}:${finding.column}`);
  const level = finding.severity === 'error' ? paint.red('error') : paint.yellow('warning');
  return [
    `${where}  ${level}  ${paint.dim(finding.rule)}`,
    finding.message,
    ...(finding.runtime === undefined ? [] : [paintRuntime(finding.runtime, paint)]),
    frame(finding.steps, lines, paint),
  ].join('\n');
}

function paintRuntime({ verdict, says }: Confirmation, paint: Paint): string {
  return verdict === 'confirmed' ? paint.red(says) : paint.dim(says);
}
