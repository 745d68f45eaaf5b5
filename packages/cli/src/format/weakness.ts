/** How security tools classify what a rule finds. */
export interface Weakness {
  /** Numbers of the Common Weakness Enumeration, the closest first. */
  readonly cwe: readonly number[];
  /** 0 to 10, as GitHub reads it: 4 to 6.9 is medium. */
  readonly severity: string;
}

const missingRelease: Weakness = { cwe: [772, 404], severity: '5.9' };
const improperRelease: Weakness = { cwe: [404], severity: '4.3' };
const useAfterRelease: Weakness = { cwe: [672, 404], severity: '5.3' };
const exhaustion: Weakness = { cwe: [400, 404], severity: '5.3' };
const unfinishedTransaction: Weakness = { cwe: [404, 459], severity: '5.3' };

const byRule: Readonly<Record<string, Weakness>> = {
  'require-release': missingRelease,
  'require-release-on-throw': missingRelease,
  'require-body-consumed': missingRelease,
  'require-disposable-stack-owner': missingRelease,
  'runtime-leak': missingRelease,
  'no-double-release': { cwe: [415, 1341], severity: '5.3' },
  'no-use-after-release': useAfterRelease,
  'no-release-before-settled': useAfterRelease,
  'no-floating-release': improperRelease,
  'no-release-borrowed': improperRelease,
  'release-broken-client': improperRelease,
  'require-transaction-end': unfinishedTransaction,
  'no-commit-on-dispose': unfinishedTransaction,
  'no-transaction-on-pool': { cwe: [662, 404], severity: '5.3' },
  'no-concurrent-client-queries': { cwe: [662], severity: '4.3' },
  'no-pool-use-while-holding': { cwe: [833, 400], severity: '5.3' },
  'no-await-while-holding': exhaustion,
  'no-pool-per-call': exhaustion,
  'require-acquire-timeout': { cwe: [400, 1088], severity: '4.3' },
  'require-statement-timeout': { cwe: [400, 1088], severity: '4.3' },
  'require-error-listener': { cwe: [248], severity: '5.3' },
};

/** The weakness a rule finds; none for syntax errors and matters of taste. */
export function weaknessOf(rule: string): Weakness | undefined {
  return byRule[rule.replace('lifeguard/', '')];
}
