import type { Outcome } from '../finding/outcome.ts';
import { frame } from './frame.ts';
import { plain } from './paint.ts';
import { shownPath } from './shown-path.ts';
import { countByRule, totals } from './summary.ts';

/** For a pull request or a job summary. */
export function markdown(outcome: Outcome): string {
  const counts = countByRule(outcome.files);
  const parts = ['## Lifeguard', `${totals(outcome)}.`];
  if (counts.length > 0) {
    const rows = counts.map(
      ({ rule, findings, files }) => `| ${linked(rule, outcome)} | ${findings} | ${files} |`,
    );
    parts.push(['| Rule | Findings | Files |', '| --- | ---: | ---: |', ...rows].join('\n'));
  }
  for (const { file, lines, findings } of outcome.files) {
    for (const finding of findings) {
      const where = `${shownPath(file, outcome.cwd)}:${finding.line}:${finding.column}`;
      const drawn = frame(finding.steps, lines, plain);
      const fence = fenceFor(drawn);
      parts.push(`### \`${where}\``);
      parts.push(`${escapeText(finding.message)} (${linked(finding.rule, outcome)})`);
      if (finding.runtime !== undefined) parts.push(`Run time: ${escapeText(finding.runtime.says)}.`);
      parts.push(`${fence}text\n${drawn}\n${fence}`);
    }
  }
  return `${parts.join('\n\n')}\n`;
}

function linked(rule: string, outcome: Outcome): string {
  const url = outcome.rules[rule]?.docs?.url;
  return url === undefined ? `\`${rule}\`` : `[\`${rule}\`](${url})`;
}

/** Outside backticks only: a message quotes the user's code, and that is to stay code. */
export function escapeText(message: string): string {
  return message
    .split(/(`[^`]*`)/)
    .map((part, index) => (index % 2 === 1 ? part : part.replaceAll(/[<>*_[\]|\\]/g, '\\$&')))
    .join('');
}

export function fenceFor(text: string): string {
  const runs = text.match(/`+/g) ?? [];
  return '`'.repeat(Math.max(2, ...runs.map((run) => run.length)) + 1);
}
