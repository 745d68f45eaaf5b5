import type { Outcome } from '../finding/outcome.ts';

/** What a run of the command line ends with. */
export const exitCodes = { clean: 0, findings: 1, wrongUse: 2 } as const;

/** An exit code. */
export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

/**
 * Judges a check: a path that could not be checked weighs more than findings, for then nobody
 * knows what else there is. Warnings alone pass, up to the number that is allowed.
 */
export function exitCodeOf(outcome: Outcome, maxWarnings = Infinity): ExitCode {
  if (outcome.problems.length > 0) {
    return exitCodes.wrongUse;
  }
  const findings = outcome.files.flatMap((file) => file.findings);
  const warnings = findings.filter(({ severity }) => severity === 'warning').length;
  const fails = findings.length > warnings || warnings > maxWarnings;
  return fails ? exitCodes.findings : exitCodes.clean;
}
