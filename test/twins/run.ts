import { guard, holders, scope, stats, subscribe, type LifeguardEvent } from '../../packages/guard/dist/index.js';
import { FakeClock } from '../guard/clock.ts';
import type { Misdeed, Sighting } from './mark.ts';
import { openFor, type Databases } from './pools.ts';
import type { Program } from './program.ts';

/** What comes with every checkout, and how a leak goes on. */
const everyday: ReadonlySet<string> = new Set(['acquired', 'returned', 'created', 'destroyed', 'leak-suspected', 'reclaimed', 'connection-lost']);

/** The methods that give back; the others use. */
const endings: ReadonlySet<string> = new Set(['release', 'done', 'releaseConnection', 'destroy', 'end', 'close']);

/** What became of a program that was run. */
export interface Run {
  readonly seen: readonly Sighting[];
  /** What went wrong with the run itself, so that it proves nothing. */
  readonly broken: readonly string[];
}

/**
 * Runs a program in a scope, on a guarded pool of its own, and passes the time in which a connection
 * that did not come back is a leak.
 */
export async function watchRun(program: Program, databases: Databases): Promise<Run> {
  const { name, file } = program;
  const { pool, close } = await openFor(program, databases);
  const clock = new FakeClock();
  const events: LifeguardEvent[] = [];
  const unsubscribe = subscribe((event) => {
    if (event.pool === name) events.push(event);
  });
  guard(pool, { name, clock, reclaim: 'destroy' });
  const broken: string[] = [];
  const { run } = await load(file);
  await scope(name, () => run(pool)).catch((error: unknown) => broken.push(`it failed: ${String(error)}`));
  await settled(pool);
  clock.pass(3000);
  await settled(pool);
  unsubscribe();
  const { acquired, internal, active } = stats(pool);
  if (acquired + internal === 0) broken.push('it acquired nothing');
  if (active === 0) await close();
  else broken.push(`${String(active)} of its connections are not back`);
  return { seen: events.filter(({ type }) => !everyday.has(type)).map((event) => sightingOf(event, file)), broken };
}

/** What a program exports. */
interface Runnable {
  readonly run: (pool: object) => Promise<unknown>;
}

async function load(file: string): Promise<Runnable> {
  const loaded: unknown = await import(file);
  if (!isRunnable(loaded)) throw new Error(`${file} exports no function \`run\`.`);
  return loaded;
}

function isRunnable(value: unknown): value is Runnable {
  return typeof value === 'object' && value !== null && 'run' in value && typeof value.run === 'function';
}

/** Waits until nothing runs any more: what was started and not awaited has its time. */
async function settled(pool: object): Promise<void> {
  for (let quiet = 0; quiet < 5; quiet += 1) {
    await new Promise((resolve) => setImmediate(resolve));
    const held = holders(pool);
    const { active, waiting } = stats(pool);
    if (held.some(({ doing }) => doing === 'running SQL') || active !== held.length || waiting !== 0) quiet = 0;
  }
}

/** What the guard says with an event, on the line of the acquire; in another file, or of something else, the event. */
function sightingOf(event: LifeguardEvent, file: string): Sighting {
  const line = event.site?.file === file ? event.site.line : 0;
  return { line, what: line === 0 ? JSON.stringify(event) : misdeedOf(event) };
}

function misdeedOf(event: LifeguardEvent): Misdeed | LifeguardEvent['type'] {
  switch (event.type) {
    case 'leaked':
      return 'leak';
    case 'stale-handle':
      return endings.has(event.call) ? 'double release' : 'late use';
    case 'dirty-return':
      return event.found.endsWith('transaction') ? 'open transaction' : 'early release';
    case 'nested-acquire':
      return 'nested acquire';
    default:
      return event.type;
  }
}
