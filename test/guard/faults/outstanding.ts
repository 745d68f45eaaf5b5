import type { Held, Subject } from './subject.ts';

/** What a trial has asked of a pool without an answer yet, and the connections that it has not given back. */
export class Outstanding {
  readonly #asked = new Set<{ readonly what: string }>();
  readonly #held = new Set<Held>();

  /** The same subject, but what is asked of it is noted. */
  of(subject: Subject): Subject {
    return {
      ...subject,
      acquire: async () => this.#lent(await this.#noted('a connection', subject.acquire())),
      ask: (sql) => this.#noted(`'${sql}'`, subject.ask(sql)),
    };
  }

  /** Gives back what is held; that a connection, or its whole pool, has failed is known by then. */
  async release(): Promise<void> {
    await Promise.allSettled([...this.#held].map(async (held) => { await held.release(); }));
  }

  toString(): string {
    const list = (of: readonly unknown[]): string => (of.length === 0 ? 'nothing' : of.join(', '));
    return `it waits for ${list([...this.#asked].map(({ what }) => what))} of the pool, and holds ${list([...this.#held].map(({ id }) => id))}`;
  }

  #lent(held: Held): Held {
    const noted: Held = {
      id: held.id,
      ask: (sql) => this.#noted(`'${sql}' on ${held.id}`, held.ask(sql)),
      release: () => {
        this.#held.delete(noted);
        return held.release();
      },
    };
    this.#held.add(noted);
    return noted;
  }

  async #noted<T>(what: string, answer: Promise<T>): Promise<T> {
    const asked = { what };
    this.#asked.add(asked);
    try {
      return await answer;
    } finally {
      this.#asked.delete(asked);
    }
  }
}
