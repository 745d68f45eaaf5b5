import Table from 'cli-table3';
import type { Outcome } from '../finding/outcome.ts';
import { count } from '../count.ts';
import type { Paint } from '../format/paint.ts';
import { shownPath } from '../format/shown-path.ts';
import { drawFinding } from '../format/stylish.ts';
import { highlightsOf } from './highlights.ts';
import type { Installed } from './packages.ts';

/** So many code frames for one package, and so many lines for the rest of its findings. */
const frames = 2;
const lines = 6;

/** What was found in one package: the best with their code, the rest in a line each. */
export function describe({ name, version }: Installed, outcome: Outcome, paint: Paint): string {
  const found = outcome.files.flatMap(({ findings }) => findings).length;
  if (found === 0) {
    return '';
  }
  const shown = highlightsOf(outcome, frames);
  const drawn = shown.map(({ file, finding }) =>
    drawFinding(finding, shownPath(file.file, outcome.cwd), file.lines, paint),
  );
  const drawnFindings = new Set(shown.map(({ finding }) => finding));
  const rest = outcome.files.flatMap((file) =>
    file.findings
      .filter((finding) => !drawnFindings.has(finding))
      .map((finding) => {
        const where = `${shownPath(file.file, outcome.cwd)}:${finding.line}`;
        return `${where}  ${finding.message}  ${paint.dim(finding.rule)}`;
      }),
  );
  const more = rest.length > lines ? [paint.dim(`… and ${rest.length - lines} more`)] : [];
  const heading = `${paint.bold(`${name} ${version}`)}: ${count(found, 'finding')}`;
  const parts = [heading, ...drawn, [...rest.slice(0, lines), ...more].join('\n')];
  return `${parts.filter((part) => part !== '').join('\n\n')}\n\n`;
}

/** All packages at a glance. */
export function table(outcomes: readonly (readonly [Installed, Outcome])[], paint: Paint): string {
  const drawn = new Table({
    head: ['Package', 'Version', 'Files', 'Findings', 'Seconds'].map((text) => paint.bold(text)),
    colAligns: ['left', 'left', 'right', 'right', 'right'],
    style: { head: [], border: [], compact: true },
  });
  for (const [{ name, version }, outcome] of outcomes) {
    const found = outcome.files.flatMap(({ findings }) => findings).length;
    drawn.push([name, version, outcome.checked, found, (outcome.elapsedMs / 1000).toFixed(1)]);
  }
  return drawn.toString();
}
