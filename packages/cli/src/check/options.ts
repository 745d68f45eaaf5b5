import type { Configuration } from '../lint/configuration.ts';

/** What to check, and how. */
export interface CheckOptions {
  /** Files, folders and globs. */
  readonly paths: readonly string[];
  /** Where relative paths start. @default process.cwd() */
  readonly cwd?: string;
  /** @default the `recommended` preset */
  readonly configuration?: Configuration;
  /** ESLint's workers. @default 'auto' */
  readonly concurrency?: number | 'auto' | 'off';
  /** ESLint's suppressions file to apply. */
  readonly baseline?: string;
  /** Writes the baseline instead of failing on what it does not know. @default false */
  readonly updateBaseline?: boolean;
  /**
   * Reports of the guard: files, folders and globs. Instead of `settings.lifeguard.reports` of the
   * configuration.
   */
  readonly reports?: readonly string[];
  /** Told how many files will be checked, then how many are done. */
  readonly onProgress?: (done: number, total: number) => void;
}
