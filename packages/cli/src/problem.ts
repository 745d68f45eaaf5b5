/** What the command line tells a person, by stable code: one sentence, then what to do. */
const sentences = {
  LIFEGUARD_PATH_NOT_FOUND: (path: string) =>
    `Nothing matches "${path}". Check the spelling and the working directory.`,
  LIFEGUARD_PATH_UNREADABLE: (path: string, cause: string) =>
    `"${path}" cannot be read (${cause}). Check its permissions, or leave it out.`,
  LIFEGUARD_NOT_CODE: (path: string) =>
    `"${path}" is neither JavaScript nor TypeScript. Name .js, .jsx, .mjs, .cjs or .ts files.`,
  LIFEGUARD_NOTHING_TO_CHECK: (paths: string) =>
    `No JavaScript or TypeScript file was found in ${paths}. Name a file or folder to check.`,
  LIFEGUARD_IGNORED_BY_CONFIG: (path: string) =>
    `"${path}" is ignored by the ESLint configuration. Change its \`ignores\` to have it checked.`,
  LIFEGUARD_CHECK_CRASHED: (path: string, cause: string) =>
    `Checking "${path}" failed: ${cause} Please report it together with the file.`,
  LIFEGUARD_CONFIG_FAILED: (cause: string) =>
    `The ESLint configuration cannot be loaded: ${cause} Correct it, or leave it out.`,
  LIFEGUARD_NO_RULE_ENABLED: () =>
    'The ESLint configuration enables no `lifeguard/*` rule. Add the plugin’s `recommended` preset.',
  LIFEGUARD_UNTYPED: (count: string) =>
    `${count} not part of a tsconfig.json: checked without types. Include them to use types.`,
  LIFEGUARD_SKIPPED: (names: string) => `Not checked: ${names}. Name a folder to have it checked.`,
  LIFEGUARD_BASELINE_MISSING: (path: string) =>
    `There is no baseline "${path}". Write it with --update-baseline.`,
  LIFEGUARD_BASELINE_INVALID: (path: string, cause: string) =>
    `The baseline "${path}" cannot be used (${cause}). Write it anew with --update-baseline.`,
  LIFEGUARD_BASELINE_STALE: (count: string) =>
    `${count} of the baseline no longer occur. Remove them with --update-baseline.`,
  LIFEGUARD_BASELINE_WRITTEN: (path: string, count: string) =>
    `Wrote "${path}" with ${count}. Commit it together with the code.`,
  LIFEGUARD_OUTPUT_FAILED: (path: string, cause: string) =>
    `The report cannot be written to "${path}" (${cause}). Choose another place.`,
  LIFEGUARD_REPORT_NOT_FOUND: (path: string) =>
    `No report matches "${path}". Check the spelling and the working directory.`,
  LIFEGUARD_REPORT_UNREADABLE: (path: string, cause: string) =>
    `The report "${path}" cannot be read to its end (${cause}). Check its permissions, or leave it out.`,
  LIFEGUARD_LINES_SKIPPED: (kinds: string) =>
    `Lines of the reports were skipped: ${kinds}. The rest was counted.`,
  LIFEGUARD_SITE_GONE: (place: string, words: string) =>
    `${place} is ${words}. It was mended, or the report is of another version.`,
  LIFEGUARD_SITES_LEFT_OUT: (count: string) =>
    `${count} of further sites were left out. Ask for fewer reports, or use --since.`,
  LIFEGUARD_DEMO_NEEDS: (packages: string) =>
    `The demo runs a real PostgreSQL. Get it and its drivers with: npm install --no-save ${packages}`,
  LIFEGUARD_WRONG_USE: (message: string) => `${message} See lifeguard --help.`,
  LIFEGUARD_UNEXPECTED: (cause: string) =>
    `Something unforeseen happened: ${cause} Please report it with the output of DEBUG=1.`,
} as const;

/** A stable code of a {@link Problem}. */
export type ProblemCode = keyof typeof sentences;

/** Something a person must know that is not a finding in their code. */
export interface Problem {
  readonly code: ProblemCode;
  readonly message: string;
}

/** Words a problem from the table. */
export function problem<Code extends ProblemCode>(
  code: Code,
  ...details: Parameters<(typeof sentences)[Code]>
): Problem {
  const sentence: (...words: string[]) => string = sentences[code];
  return { code, message: sentence(...details) };
}

/** A problem that leaves nothing to print: the run ends with exit code 2. */
export class LifeguardError extends Error {
  override readonly name = 'LifeguardError';
  readonly code: ProblemCode;

  constructor(cause: Problem) {
    super(cause.message);
    this.code = cause.code;
  }
}

/** The first line of whatever was thrown, ending in a full stop. */
export function reasonOf(thrown: unknown): string {
  const text = thrown instanceof Error ? thrown.message : String(thrown);
  const line = text.split('\n', 1)[0]?.trim() ?? '';
  return /[.!?]$/.test(line) ? line : `${line}.`;
}
