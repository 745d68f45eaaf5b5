/** A place in a file, counted from 1; `endColumn` is the first column after it. */
export interface Place {
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
}

/** One place on the way a resource is lost, and what happens there: «acquired here». */
export interface Step extends Place {
  readonly says: string;
}

/** One thing that is wrong, and where. */
export interface Finding extends Place {
  /** `lifeguard/require-release`, or `syntax-error`. */
  readonly rule: string;
  readonly severity: 'error' | 'warning';
  readonly message: string;
  /** The losing path from its first place to its last; at least the finding’s own place. */
  readonly steps: readonly Step[];
}

/** A finding that someone chose to live with. */
export interface SuppressedFinding extends Finding {
  readonly by: 'comment' | 'baseline';
}

/** What was found in one file. */
export interface FileFindings {
  /** Absolute. */
  readonly file: string;
  readonly lines: readonly string[];
  readonly findings: readonly Finding[];
  readonly suppressed: readonly SuppressedFinding[];
}

/** The rule id of a file that no parser accepts. */
export const syntaxError = 'syntax-error';
