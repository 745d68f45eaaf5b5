import { withRuntime } from '../finding/finding.ts';
import type { Outcome } from '../finding/outcome.ts';
import { shownPath } from './shown-path.ts';

/** For GitHub Actions: workflow commands that annotate the lines of a pull request. */
export function github(outcome: Outcome): string {
  return outcome.files
    .flatMap(({ file, findings }) =>
      findings.map((finding) => {
        const properties = {
          file: shownPath(file, outcome.cwd),
          line: finding.line,
          endLine: finding.endLine,
          col: finding.column,
          endColumn: finding.endColumn,
          title: finding.rule,
        };
        const written = Object.entries(properties).map(
          ([name, value]) => `${name}=${escapeProperty(String(value))}`,
        );
        return `::${finding.severity} ${written.join(',')}::${escapeData(withRuntime(finding))}\n`;
      }),
    )
    .join('');
}

function escapeData(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
