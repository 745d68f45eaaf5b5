import { expect } from 'vitest';
import { guard } from '../../../packages/guard/dist/index.js';

/** What a program sees of a pool, in its order. */
export class Log {
  readonly entries: unknown[] = [];
  readonly #ids = new Map<unknown, number>();

  /** Notes something that both ways must have in common. */
  note(...entry: readonly unknown[]): void {
    this.entries.push(entry.map((part) => (typeof part === 'string' ? unnumbered(part) : part)));
  }

  /** Tells connections apart by their server's number, counted in the order in which they are seen. */
  id(serverId: unknown): string {
    if (!this.#ids.has(serverId)) this.#ids.set(serverId, this.#ids.size + 1);
    return `#${this.#ids.get(serverId)}`;
  }

  /** Notes how a promise settles, and that it is one. */
  async settled(name: string, made: () => unknown, show: (value: unknown) => unknown = (value) => value): Promise<void> {
    let promise: unknown;
    try {
      promise = made();
    } catch (error) {
      this.note(name, 'threw', shown(error));
      return;
    }
    if (!(promise instanceof Promise)) {
      this.note(name, 'returned', show(promise));
      return;
    }
    this.note(name, ...(await promise.then((value: unknown) => ['resolved', show(value)], (error: unknown) => ['rejected', shown(error)])));
  }
}

/** Servers and drivers number connections and transactions for as long as they run. */
function unnumbered(text: string): string {
  return text.replaceAll(/\b(conn:|trx)\d+/gu, '$1N');
}

/** An error as a program can tell it from another. */
export function shown(error: unknown): unknown {
  if (!(error instanceof Error)) return error;
  const { name, message } = error;
  const { constructor } = error;
  // What the guard adds about the holders of an exhausted pool stands after a dash.
  const [text = ''] = message.split(' – ');
  return { class: constructor.name, name, message: unnumbered(text), code: Reflect.get(error, 'code'), errno: Reflect.get(error, 'errno') };
}

/** A program of which a pool is asked nothing that a guard could answer otherwise. */
export interface Program<P> {
  open(): P;
  run(pool: P, log: Log): Promise<void>;
}

/** Runs a program with and without the guard, and expects it to see the same, step by step. */
export async function expectSame<P extends object>({ open, run }: Program<P>): Promise<void> {
  const [bare, guarded] = [new Log(), new Log()];
  await run(open(), bare);
  const pool = open();
  expect(guard(pool)).toBe(pool);
  await run(pool, guarded);
  expect(bare.entries.length).toBeGreaterThan(0);
  expect(guarded.entries).toEqual(bare.entries);
}

/** Lets everything happen that waits for a turn. */
export async function turns(count = 3): Promise<void> {
  for (let turn = 0; turn < count; turn += 1) await new Promise((resolve) => setImmediate(resolve));
}
