import { compileFunction } from 'node:vm';
import { setImmediate as macrotask } from 'node:timers/promises';
import { Choices, type Choice, type Script } from './choices.ts';
import { instrument } from './instrument.ts';
import { Connection, handOn, Pool, rejected, tame } from './pool.ts';
import type { FaultPoint } from './policy.ts';
import { World, type Lease } from './world.ts';

/**
 * What became of a connection: lost on a path without an exception since its acquire, lost on one
 * with, or not lost.
 */
export type Fate = 'normal' | 'throw' | 'clean';

export interface Outcome {
  readonly trace: readonly Choice[];
  /** By the line of the acquire, the worst; empty where the run was not feasible or never ended. */
  readonly fates: ReadonlyMap<number, Fate>;
}

type Run = (globals: Record<string, unknown>) => Promise<unknown>;

/** A program compiled once, to be run under many scripts. */
export interface Runnable {
  readonly sites: readonly number[];
  readonly start: (host: object) => Run;
}

export function compile(source: string): Runnable {
  const { code, sites } = instrument(source);
  return { sites, start: compileFunction(code, ['$']) as (host: object) => Run };
}

/** Runs a program once, to the end of all it started, and looks at what is still lent. */
export async function runOnce(
  program: Runnable,
  points: ReadonlySet<FaultPoint>,
  script: Script,
  beyond?: (arity: number) => number,
): Promise<Outcome> {
  const choices = new Choices(script, beyond);
  const world = new World(choices, points);
  const run = { settled: false };
  const settle = (): void => {
    run.settled = true;
  };
  program
    .start(hostOf(world))(globalsOf(world))
    .then(handOn, (error: unknown) => world.uncaught(error))
    .then(settle, settle);
  // All the fake world does is microtasks: none is left when the next macrotask begins.
  await macrotask();
  if (world.bug && world.feasible) throw world.bug;
  const fates = new Map<number, Fate>();
  if (run.settled && world.feasible) {
    for (const lease of world.onlyOf ? [world.onlyOf] : world.leases) {
      fates.set(lease.line, worse(fates.get(lease.line), fateOf(lease, world)));
    }
  }
  return { trace: choices.trace, fates };
}

function fateOf(lease: Lease, world: World): Fate {
  if (lease.ended) return 'clean';
  return lease.exceptionsBefore === world.exceptions ? 'normal' : 'throw';
}

/** The worse of two fates; a leak without an exception is the worst. */
export function worse(one: Fate | undefined, other: Fate): Fate {
  if (one === 'normal' || other === 'clean') return one ?? other;
  return other;
}

/** What instrumented text calls. */
function hostOf(world: World): object {
  // What the caller lends is the caller's to give back.
  const giver = new Connection(world, { line: 0, exceptionsBefore: 0, ended: true });
  const nowhere = new Connection(world, { line: 0, exceptionsBefore: 0, ended: true });
  return {
    pool: new Pool(world),
    never: new Promise(() => undefined),
    spent: () => world.spent(),
    parameter: (name: string) => world.parameter(name),
    given: (name: string) => (world.parameter(name) ? giver : undefined),
    thrown: (error: unknown) => {
      world.exceptions++;
      world.thrown = error;
      return error;
    },
    tame,
    // A method of nothing is a TypeError no policy speaks of: such a run proves nothing.
    on: (value: unknown) => {
      if (value !== undefined && value !== null) return value;
      world.feasible = false;
      return nowhere;
    },
  };
}

/** What the program is handed. */
function globalsOf(world: World): Record<string, unknown> {
  // What a function was given is its own, even if it then throws.
  const keep = (value: unknown): void => {
    handOn(value);
    world.failAt('call');
  };
  return {
    env: new Proxy<Record<string, unknown>>(
      {},
      {
        get: (_, name) => {
          world.failAt('member');
          const arity = /^k(\d+)/.exec(String(name))?.[1];
          return arity === undefined ? world.branch(2) === 1 : world.branch(Number(arity));
        },
        set: (_, __, value) => {
          handOn(value);
          return true;
        },
      },
    ),
    items: { [Symbol.iterator]: () => world.items() },
    kept: { push: keep, set: (_: unknown, value: unknown) => keep(value) },
    log: () => world.failAt('call'),
    work: () => (world.fails('await') ? rejected('work') : Promise.resolve('work')),
  };
}
