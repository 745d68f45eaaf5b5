/** What a linter says at a place, as it is compared between the hosts. */
export interface Finding {
  /** `require-release/loop.js`. */
  readonly file: string;
  readonly line: number;
  readonly column: number;
  /** `lifeguard/require-release`. */
  readonly ruleId: string;
  readonly message: string;
}

/** One line per finding, in an order of its own, so that a difference is easy to read. */
export function linesOf(findings: readonly Finding[]): readonly string[] {
  return findings
    .map(({ file, line, column, ruleId, message }) => `${file}:${line}:${column} ${ruleId}: ${message}`)
    .sort();
}
