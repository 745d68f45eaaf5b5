import type { Outcome } from '../../finding/outcome.ts';
import type { FileFindings, Finding } from '../../finding/finding.ts';

/** A finding together with its file. */
export interface Located {
  readonly file: FileFindings;
  readonly finding: Finding;
}

/** Lines of bundled code are not for reading. */
const widest = 160;

/**
 * Picks the findings worth a code frame: those with a path first, one of each rule before a
 * second, and none on a line too long to read.
 */
export function highlightsOf(outcome: Outcome, most: number): Located[] {
  const located = outcome.files
    .flatMap((file) => file.findings.map((finding) => ({ file, finding })))
    .filter(({ file, finding }) => (file.lines[finding.line - 1]?.length ?? 0) <= widest);
  const seen = new Map<string, number>();
  const ranked = located.map((one) => {
    const before = seen.get(one.finding.rule) ?? 0;
    seen.set(one.finding.rule, before + 1);
    return { ...one, rank: before * 2 + (one.finding.steps.length > 1 ? 0 : 1) };
  });
  return ranked.sort((one, other) => one.rank - other.rank).slice(0, most);
}
