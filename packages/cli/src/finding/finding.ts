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

/** What reports of the guard say of a finding. */
export interface Confirmation {
  /** `never-seen`: it ran, and did nothing wrong. */
  readonly verdict: 'confirmed' | 'never-seen' | 'never-run';
  /** The same for people: «never seen leaking in 1,204 checkouts». */
  readonly says: string;
  /** How often it went wrong; absent where it never ran. */
  readonly seen?: number;
  /** How many checkouts ended, as far as they were counted; absent where it never ran. */
  readonly checkouts?: number;
}

/** One thing that is wrong, and where. */
export interface Finding extends Place {
  /** `lifeguard/require-release`, or `syntax-error`. */
  readonly rule: string;
  readonly severity: 'error' | 'warning';
  readonly message: string;
  /** The losing path from its first place to its last; at least the finding’s own place. */
  readonly steps: readonly Step[];
  /** What was seen of it at run time; absent where there is no report, or it says nothing of it. */
  readonly runtime?: Confirmation;
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

/** The message of a finding and, after it, what was seen of it at run time. */
export function withRuntime({ message, runtime }: Finding): string {
  return runtime === undefined ? message : `${message} (${runtime.says})`;
}
