/** Where every code has a section. */
const docs = 'https://lifeguard.dev/errors';

/** What to do about each code; the sentence before it is written where the error is made. */
const remedies = {
  LIFEGUARD_ACQUIRE_TIMEOUT: 'Look at who holds the connections, then mend the leak or the slow query before the pool is made larger.',
  LIFEGUARD_ALREADY_GUARDED: 'Guard a pool once, where it is made, or call `unguard(pool)` first.',
  LIFEGUARD_BAD_CONFIG: 'Correct the file; the rest of it holds.',
  LIFEGUARD_BAD_OPTION: 'Correct the option.',
  LIFEGUARD_BAD_VARIABLE: 'Correct the variable; until then it is ignored.',
  LIFEGUARD_INJECTED_FAULT: 'Release the connection on this path too: the fault was asked for with `faults`.',
  LIFEGUARD_LEAK: 'Release the connection on every path out of the test, or declare it with `hold(connection, intent)`.',
  LIFEGUARD_NESTED_CHECKOUT: 'Pass the connection on to what runs while it is held.',
  LIFEGUARD_NOT_GUARDED: 'Call `guard(pool)` where the pool is made, and pass that pool.',
  LIFEGUARD_NOT_HELD: 'Pass what an acquire of a guarded pool gave, before it is released.',
  LIFEGUARD_NOT_REGISTERED: 'The program goes on without it; guard its pools with `guard(pool)`.',
  LIFEGUARD_NO_USABLE_CONNECTION: 'Look at whether the server answers and, where a primary is asked for, takes writes.',
  LIFEGUARD_OUTSIDE_TEST: 'Call `expectNoLeaks()` inside a test, and import it at the head of the test file.',
  LIFEGUARD_POOL_DEADLOCK: 'Acquire once per task and pass the connection on, or make the pool larger than the tasks that may hold one and wait for another.',
  LIFEGUARD_STALE_HANDLE: 'Use a connection only between its acquire and its release.',
  LIFEGUARD_UNKNOWN_POOL: 'Pass the pool itself, or describe its driver: `guard(pool, { drivers: [record] })`.',
} as const;

/** The stable name of what went wrong. */
export type Code = keyof typeof remedies;

/** Every code there is. */
export const codes: readonly Code[] = Object.freeze(Object.keys(remedies).filter(isCode));

function isCode(name: string): name is Code {
  return name in remedies;
}

/** An error of the guard: one sentence, what to do, and where to read on. */
export class LifeguardError extends Error {
  override readonly name = 'LifeguardError';
  /** Stable, for programs. */
  readonly code: Code;
  /** The section of the docs that speaks of this code. */
  readonly docs: string;

  /** @param options - Its `details` stand below the rest of the message. */
  constructor(code: Code, sentence: string, options?: ErrorOptions & { readonly details?: string }) {
    const link = `${docs}#${code.toLowerCase()}`;
    super(`${sentence} ${remedies[code]} ${link}${options?.details ?? ''}`, options);
    this.code = code;
    this.docs = link;
  }
}
