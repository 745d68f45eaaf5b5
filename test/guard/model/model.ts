import fc from 'fast-check';
import { expect } from 'vitest';
import { LifeguardError, scope, stats } from '../../../packages/guard/dist/index.js';
import type { FakeClock } from '../clock.ts';
import type { Held, Kind, Subject } from './subject.ts';

type State = 'waiting' | 'held' | 'killed' | 'released' | 'destroyed' | 'reclaimed' | 'forgiven' | 'aborted';

/** One acquire, as the model sees it. */
export interface Checkout {
  state: State;
}

/** What is expected: who holds, who stands in line, and what was counted. */
export class Model {
  readonly max: number;
  readonly checkouts: Checkout[] = [];
  /** The pool's own line: whoever gave up stands in it until his turn comes. */
  line: Checkout[] = [];

  readonly #dropsKilled: boolean;

  constructor(max: number, dropsKilled: boolean) {
    this.max = max;
    this.#dropsKilled = dropsKilled;
  }

  count(...states: readonly State[]): number {
    return this.checkouts.filter(({ state }) => states.includes(state)).length;
  }

  get held(): number {
    return this.#dropsKilled ? this.count('held') : this.count('held', 'killed');
  }

  /** Whoever is first in line has his turn, as long as there is room. */
  serve(): void {
    while (this.held < this.max) {
      const next = this.line.shift();
      if (next === undefined) return;
      if (next.state === 'waiting') next.state = 'held';
    }
  }
}

interface Asked {
  readonly controller: AbortController;
  held: Held | undefined;
  error: unknown;
}

/** The real pool, and what its callers got. */
export class Real {
  readonly kind: Kind;
  readonly subject: Subject;
  readonly clock: FakeClock;
  readonly asked: Asked[] = [];

  constructor(kind: Kind, max: number, clock: FakeClock) {
    this.kind = kind;
    this.clock = clock;
    this.subject = kind.open(max, clock);
  }

  acquire(): void {
    const asked: Asked = { controller: new AbortController(), held: undefined, error: undefined };
    this.asked.push(asked);
    scope('caller', { signal: asked.controller.signal }, () => this.subject.acquire()).then(
      (held) => (asked.held = held),
      (error: unknown) => (asked.error = error),
    );
  }

  heldBy(index: number): Held {
    const held = this.asked[index]?.held;
    if (held === undefined) throw new Error(`Checkout ${index} has no connection.`);
    return held;
  }
}

/** How long a server may take for one step; only what fails takes so long. */
const patienceMs = 10_000;

/** Waits for what is expected; what never comes shows in the comparison. */
async function settle(model: Model, real: Real): Promise<void> {
  const isThere = (): boolean => model.checkouts.every(({ state }, index) => {
    const { held, error } = real.asked[index] ?? {};
    return state === 'waiting' || (state === 'aborted' ? error !== undefined : held !== undefined);
  });
  const areEqual = (): boolean => {
    const { active, waiting } = real.subject.counts();
    return active === model.held && waiting === model.line.length;
  };
  const until = performance.now() + patienceMs;
  // What must not come has its chance too: it has to stay as it is for some turns.
  for (let calm = 0; calm < 3 && performance.now() < until; calm = isThere() && areEqual() ? calm + 1 : 0) {
    await new Promise((resolve) => setImmediate(resolve));
  }
}

/** Compares the real pool with the model. */
export async function compare(model: Model, real: Real): Promise<void> {
  await settle(model, real);
  for (const [index, { state }] of model.checkouts.entries()) {
    const { held, error } = real.asked[index] ?? {};
    expect({ index, state, has: held !== undefined, failed: error !== undefined }).toEqual({
      index, state, has: state !== 'waiting' && state !== 'aborted', failed: state === 'aborted',
    });
  }
  const owned = model.checkouts.flatMap(({ state }, index) => (state === 'held' || state === 'killed' ? real.heldBy(index).resource : []));
  expect(new Set(owned).size).toBe(owned.length);
  const { active, idle, waiting } = real.subject.counts();
  expect({ active, waiting }).toEqual({ active: model.held, waiting: model.line.length });
  expect(active + idle).toBeLessThanOrEqual(model.max);
  const told = stats(real.subject.pool);
  expect(told).toMatchObject({
    active,
    idle,
    waiting,
    acquired: model.checkouts.length - model.count('waiting', 'aborted'),
    refused: model.count('aborted'),
    returned: model.count('released'),
    destroyed: model.count('destroyed'),
    reclaims: model.count('reclaimed', 'forgiven'),
  });
}

/** Something a caller, the server or the guard does, to one of those for whom it is possible. */
class Step implements fc.AsyncCommand<Model, Real> {
  readonly #name: string;
  readonly #pick: number;
  readonly #from: readonly State[];
  readonly #act: (checkout: Checkout, index: number, model: Model, real: Real) => Promise<unknown>;
  readonly #counted: () => void;

  constructor(name: string, pick: number, from: readonly State[], counted: () => void, act: Step['act']) {
    this.#name = name;
    this.#pick = pick;
    this.#from = from;
    this.#counted = counted;
    this.#act = act;
  }

  get act(): (checkout: Checkout, index: number, model: Model, real: Real) => Promise<unknown> {
    return this.#act;
  }

  check({ checkouts }: Readonly<Model>): boolean {
    return checkouts.some(({ state }) => this.#from.includes(state));
  }

  async run(model: Model, real: Real): Promise<void> {
    this.#counted();
    const possible = [...model.checkouts.entries()].filter(([, { state }]) => this.#from.includes(state));
    const [index, checkout] = possible[this.#pick % possible.length] ?? [];
    if (index === undefined || checkout === undefined) throw new Error('Nobody can do it.');
    await this.#act(checkout, index, model, real);
    model.serve();
    await compare(model, real);
  }

  toString(): string {
    return `${this.#name}(${this.#pick})`;
  }
}

/** All that may happen to pools of this kind. */
export function commands(kind: Kind, can: { readonly destroy: boolean; readonly kill: boolean }, counted: () => void): fc.Arbitrary<fc.AsyncCommand<Model, Real>>[] {
  const over: readonly State[] = ['released', 'destroyed', 'forgiven'];
  const step = (name: string, from: readonly State[], act: Step['act']): fc.Arbitrary<fc.AsyncCommand<Model, Real>> =>
    fc.nat({ max: 1000 }).map((pick) => new Step(name, pick, from, counted, act));
  const acquire: fc.AsyncCommand<Model, Real> = {
    // More callers than this wait for nothing new.
    check: (model) => model.line.length < 2 * model.max,
    async run(model, real) {
      counted();
      const checkout: Checkout = { state: 'waiting' };
      model.checkouts.push(checkout);
      model.line.push(checkout);
      model.serve();
      real.acquire();
      await compare(model, real);
    },
    toString: () => 'acquire',
  };
  return [
    fc.constant(acquire),
    fc.constant(acquire),
    step('query', ['held'], async (_checkout, index, _model, real) => {
      const held = real.heldBy(index);
      expect(await held.use()).toBe(held.resource);
    }),
    step('query late', [...over, 'reclaimed'], async (_checkout, index, _model, real) => {
      // Not by `expect().rejects`: Vitest keeps each of those, with the pool behind it, until the test ends.
      const error: unknown = await real.heldBy(index).use().then(() => undefined, (reason: unknown) => reason);
      expect(error).toMatchObject({ code: 'LIFEGUARD_STALE_HANDLE' });
    }),
    step('release', ['held', 'killed'], async (checkout, index, _model, real) => {
      checkout.state = 'released';
      await real.heldBy(index).release();
    }),
    step('release late', over, async (_checkout, index, _model, real) => {
      const failed = await real.heldBy(index).release().then(() => false, () => true);
      expect(failed).toBe(kind.twice === 'fails');
    }),
    step('release after reclaim', ['reclaimed'], async (checkout, index, _model, real) => {
      checkout.state = 'forgiven';
      await real.heldBy(index).release();
    }),
    step('abort', ['waiting'], (checkout, index, model, real) => {
      checkout.state = 'aborted';
      if (kind.withdraws) model.line = model.line.filter((one) => one !== checkout);
      real.asked[index]?.controller.abort();
      return Promise.resolve();
    }),
    step('reclaim', ['held', 'killed'], (_checkout, _index, model, real) => {
      for (const one of model.checkouts) if (one.state === 'held' || one.state === 'killed') one.state = 'reclaimed';
      real.clock.pass(2000);
      return Promise.resolve();
    }),
    ...(can.destroy
      ? [step('destroy', ['held', 'killed'], async (checkout, index, _model, real) => {
          checkout.state = 'destroyed';
          await real.heldBy(index).destroy?.();
        })]
      : []),
    ...(can.kill
      ? [step('kill', ['held'], async (checkout, index, _model, real) => {
          checkout.state = 'killed';
          const held = real.heldBy(index);
          await real.subject.kill?.(held.resource);
          const error: unknown = await held.use().then(() => undefined, (reason: unknown) => reason);
          expect(error).toBeInstanceOf(Error);
          expect(error).not.toBeInstanceOf(LifeguardError);
        })]
      : []),
  ];
}
