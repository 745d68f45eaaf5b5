/** As the shell numbers them: a program that a signal ended has 128 more as its exit code. */
const signals = { SIGHUP: 1, SIGINT: 2, SIGTERM: 15 } as const;

/** Somebody may end the demo at any time. */
export interface Interrupt {
  /** The same, unless somebody ends the demo: what fails for that reason is not told. */
  orElse<T>(work: Promise<T>): Promise<T>;
  /** Lets signals do again what they did. */
  stop(): void;
}

/** Has something closed before a signal ends this process; the second signal ends it at once. */
export function closeOnSignal(close: () => Promise<void>): Interrupt {
  let isOver = false;
  const handlers = Object.entries(signals).map(([name, number]) => {
    const handle = (): void => {
      isOver = true;
      void close().finally(() => process.exit(128 + number));
    };
    process.once(name, handle);
    return () => process.off(name, handle);
  });
  return {
    async orElse(work) {
      try {
        return await work;
      } catch (error) {
        if (isOver) {
          await new Promise<never>(() => undefined);
        }
        throw error;
      }
    },
    stop: () => handlers.forEach((undo) => undo()),
  };
}
