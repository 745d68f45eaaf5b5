import Table from 'cli-table3';
import type { Outcome } from '../../finding/outcome.ts';
import { count } from '../../count.ts';
import type { Paint } from '../../format/paint.ts';
import { shownPath } from '../../format/shown-path.ts';
import { highlightsOf } from './highlights.ts';
import type { Installed } from './packages.ts';

/** So many findings are shown of one package. */
const most = 2;

/** What was found, the best of each package. */
export function describe(
  outcomes: readonly (readonly [Installed, Outcome])[],
  paint: Paint,
): string {
  return outcomes
    .flatMap(([, outcome]) => {
      const shown = highlightsOf(outcome, most).map(({ file, finding }) => {
        const where = `${shownPath(file.file, outcome.cwd)}:${finding.line}`;
        return `${paint.cyan(where)}\n  ${finding.message} ${paint.dim(finding.rule)}\n`;
      });
      const more = findingsIn(outcome) - shown.length;
      return more > 0 ? [...shown, paint.dim(`  … and ${count(more, 'finding')} more\n`)] : shown;
    })
    .join('');
}

/** All packages at a glance. */
export function table(outcomes: readonly (readonly [Installed, Outcome])[], paint: Paint): string {
  const drawn = new Table({
    head: ['Package', 'Version', 'Files', 'Findings', 'Seconds'].map((text) => paint.bold(text)),
    colAligns: ['left', 'left', 'right', 'right', 'right'],
    style: { head: [], border: [], compact: true },
  });
  for (const [{ name, version }, outcome] of outcomes) {
    const seconds = (outcome.elapsedMs / 1000).toFixed(1);
    drawn.push([name, version, outcome.checked, findingsIn(outcome), seconds]);
  }
  return drawn.toString();
}

function findingsIn({ files }: Outcome): number {
  return files.reduce((sum, { findings }) => sum + findings.length, 0);
}
