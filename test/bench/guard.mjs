// What the guard costs, beside the bare pool and beside OpenTelemetry's instrumentation of pg with a no-op provider.
// Processor time, medians of rounds taken in turn within one run. Prints tables; asserts nothing.
// Names after the file choose among its parts: checkouts memoryAndSweep imports selects.
import { execFileSync } from 'node:child_process';
import { EventEmitter } from 'node:events';
import { createRequire, register } from 'node:module';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { PgInstrumentation } from '@opentelemetry/instrumentation-pg';
import pg from 'pg';
import { guard } from '../../packages/guard/dist/index.js';

setFlagsFromString('--expose-gc');
const gc = /** @type {() => void} */ (runInNewContext('gc'));

/** @typedef {{ connect(): Promise<{ release(): void, query(text: string): Promise<unknown> }>, end(): Promise<void> }} Pool */
/** @typedef {{ readonly name: string, readonly pool: Pool, readonly before?: () => void, readonly after?: () => void }} Contestant */

/** A client that needs no server, as far as a pool looks. */
class NoIo extends EventEmitter {
  _queryable = true;
  _ending = false;
  processID = 0;
  /** @param {(error?: Error) => void} done */
  connect(done) {
    process.nextTick(done);
  }
  /** @param {() => void} done */
  end(done) {
    process.nextTick(done);
  }
  /** On a machine that stood still for a second the guard pings. @param {readonly unknown[]} args */
  query(...args) {
    const done = args.at(-1);
    if (typeof done !== 'function') return Promise.resolve();
    process.nextTick(done, null, {});
    return undefined;
  }
  ref() {}
  unref() {}
  getTransactionStatus() {
    return 'I';
  }
}

/** Time that passes only when a sweep is wanted. */
class StillClock {
  #nowMs = 0;
  /** @type {(() => void) | undefined} */
  due;
  now() {
    return this.#nowMs;
  }
  wall() {
    return Date.now();
  }
  /** @param {number} _delayMs @param {() => void} call */
  after(_delayMs, call) {
    this.due = call;
    return { cancel: () => void (this.due = undefined) };
  }
  /** @param {number} ms */
  pass(ms) {
    this.#nowMs += ms;
    this.due?.();
  }
}

/** @param {typeof pg.Pool} Pool @param {object} config @returns {Pool} */
const poolOf = (Pool, config) => /** @type {Pool} */ (/** @type {unknown} */ (new Pool({ max: 10, idleTimeoutMillis: 0, ...config })));
const noIo = () => poolOf(pg.Pool, { Client: NoIo });

/** pg again, with OpenTelemetry's instrumentation around it; the one that was imported stays as it is. */
function instrumented() {
  const require = createRequire(import.meta.url);
  const instrumentation = new PgInstrumentation();
  for (const file of Object.keys(require.cache)) if (/[\\/]node_modules[\\/]pg(?:-pool)?[\\/]/u.test(file)) Reflect.deleteProperty(require.cache, file);
  const again = /** @type {typeof pg} */ (require('pg'));
  return { Pool: again.Pool, isPatched: again.Pool.prototype.connect !== pg.Pool.prototype.connect, instrumentation };
}

const depth = 30;
const { Pool: InstrumentedPool } = instrumented();

console.log(`Node ${process.version}; processor time, medians; callers stand ${depth} frames deep`);
const parts = { checkouts, memoryAndSweep, imports, selects };
for (const [name, part] of Object.entries(parts)) if (process.argv.length < 3 || process.argv.includes(name)) await part();

/** A checkout and its release on a pool that does no I/O. */
async function checkouts() {
  const rounds = 11;
  const each = 10_000;
  /** @param {number} frames */
  const capturing = (frames) => {
    const pool = noIo();
    const connect = pool.connect.bind(pool);
    let count = 0;
    pool.connect = () => {
      count += 1;
      capture(frames === 0 ? (count % 16 === 0 ? 25 : 1) : frames);
      return connect();
    };
    return pool;
  };
  /** @type {Contestant[]} */
  const all = [
    { name: 'bare', pool: noIo() },
    { name: 'bare, capture of 1 frame', pool: capturing(1) },
    { name: 'bare, capture of 1 frame, of 25 for 1 in 16', pool: capturing(0) },
    { name: 'bare, capture of 25 frames', pool: capturing(25) },
    { name: "guard, stacks: 'off'", pool: guardOf('off') },
    { name: "guard, stacks: 'sampled'", pool: guardOf('sampled') },
    { name: "guard, stacks: 'full'", pool: guardOf('full') },
    { name: 'OpenTelemetry, no-op provider', pool: poolOf(InstrumentedPool, { Client: NoIo }) },
  ];
  const times = await measure(all, rounds, each, async ({ pool }, count) => {
    await deep(depth, async () => {
      for (let turn = 0; turn < count; turn += 1) (await connectDeep(depth, pool)).release();
    });
  });
  const bare = at(times, 'bare');
  const over = (/** @type {string} */ name) => at(times, name) - bare;
  const [one, mixed, full] = [over('bare, capture of 1 frame'), over('bare, capture of 1 frame, of 25 for 1 in 16'), over('bare, capture of 25 frames')];
  const limits = /** @type {Record<string, number>} */ ({
    "guard, stacks: 'off'": 0.8,
    "guard, stacks: 'sampled'": 0.8 + 1.3 * mixed,
    "guard, stacks: 'full'": 0.8 + 1.4 * full,
  });
  table('A checkout and a release on a pool without I/O, µs over the bare pool', [...times].map(([name, time]) => ({
    pool: name, µs: time.toFixed(2), over: (time - bare).toFixed(2), limit: limits[name]?.toFixed(2) ?? '', holds: limits[name] === undefined ? '' : String(time - bare <= limits[name]),
  })));
  console.log('What misses its limit is not one thing: three readings of the clock and one of the wall are a quarter of it, the rest is the lease, the fence, the proxy and the promise.');
  console.log(`A bare, unread capture: ${one.toFixed(2)} µs of 1 frame, ${full.toFixed(2)} µs of 25, ${mixed.toFixed(2)} µs as sampled.`);
}

/** @param {'off' | 'sampled' | 'full'} stacks */
function guardOf(stacks) {
  return guard(noIo(), { stacks });
}

/** @param {number} frames */
function capture(frames) {
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = frames;
  const into = {};
  Error.captureStackTrace(into, capture);
  Error.stackTraceLimit = stackTraceLimit;
  return into;
}

/** @param {number} frames @param {Pool} pool @returns {ReturnType<Pool['connect']>} */
function connectDeep(frames, pool) {
  return frames === 0 ? pool.connect() : connectDeep(frames - 1, pool);
}

/** @template T @param {number} frames @param {() => T} run @returns {T} */
function deep(frames, run) {
  return frames === 0 ? run() : deep(frames - 1, run);
}

/** What an open lease keeps, and how long a sweep over many of them takes. */
async function memoryAndSweep() {
  const count = 100_000;
  /** @param {Pool} pool */
  const open = async (pool) => {
    gc();
    const before = process.memoryUsage().heapUsed;
    const clients = [];
    for (let index = 0; index < count; index += 1) clients.push(await pool.connect());
    gc();
    return { bytes: (process.memoryUsage().heapUsed - before) / count, clients };
  };
  const clock = new StillClock();
  const config = { Client: NoIo, max: count };
  const bare = await open(poolOf(pg.Pool, config));
  const guarded = await open(guard(poolOf(pg.Pool, config), { clock }));
  const times = [];
  for (let turn = 0; turn < 130; turn += 1) {
    const start = process.cpuUsage();
    clock.pass(1000);
    const { user, system } = process.cpuUsage(start);
    times.push((user + system) / 1000);
  }
  const late = await afterSweeps(guarded.bytes, bare.bytes);
  table(`${count.toLocaleString('en')} open leases`, [
    { what: 'memory of an open lease, bytes over the bare pool', figure: Math.round(guarded.bytes - bare.bytes), limit: 2048 },
    { what: 'the same after the sweeps', figure: Math.round(late), limit: 2048 },
    { what: 'a sweep, ms, while leases are registered', figure: median(times.slice(0, 100)).toFixed(1), limit: 10 },
    { what: 'a sweep, ms, afterwards', figure: median(times.slice(110)).toFixed(1), limit: 10 },
  ]);
  console.log('A sweep reads each lease once, from memory that no cache holds: 80 to 100 ns each, so that a machine with slow memory misses the limit.');
  void bare.clients.length;
  void guarded.clients.length;

  /** @param {number} then @param {number} bareBytes */
  async function afterSweeps(then, bareBytes) {
    const before = process.memoryUsage().heapUsed;
    gc();
    return then - bareBytes + (process.memoryUsage().heapUsed - before) / count;
  }
}

/** Importing the built package, in processes of their own. */
function imports() {
  const url = new URL('../../packages/guard/dist/index.js', import.meta.url).href;
  // It exports types alone.
  const empty = new URL('../../packages/catalogue/dist/driver.js', import.meta.url).href;
  /** @param {string} specifier */
  const timesOf = (specifier) => {
    const program = `const start = process.cpuUsage(); await import('${specifier}'); const { user, system } = process.cpuUsage(start); console.log((user + system) / 1000)`;
    return Array.from({ length: 15 }, () => Number(execFileSync(process.execPath, ['--input-type=module', '-e', program], { encoding: 'utf8' })));
  };
  table('Importing the package, ms', [
    ...[['@lifeguard/guard', url], ['a file without a line', empty], ['a module without a file, which is what the loader takes to start', 'data:text/javascript,']].map(([what = '', specifier = '']) => {
      const times = timesOf(specifier);
      return { what, median: median(times).toFixed(1), best: Math.min(...times).toFixed(1), limit: specifier === url ? 10 : '' };
    }),
  ]);
  console.log('What the loader takes for any file is part of the figure; the rest is V8, which reads one file with the guard and the facts of all drivers.');
}

/** A checkout, a `SELECT 1` and a release on a real server of this machine. */
async function selects() {
  register('./typescript.mjs', import.meta.url);
  const { startPostgres } = /** @type {{ startPostgres: () => Promise<{ config: object, stop(): Promise<void> }> }} */ (await import('../servers/postgres.ts'));
  const server = await startPostgres();
  try {
    // A connection is fast or slow for as long as it lives, by the core on which its server process runs: each has many.
    const several = (/** @type {() => Pool} */ make) => Array.from({ length: 12 }, make);
    const pools = new Map([
      ['bare', several(() => poolOf(pg.Pool, server.config))],
      ['guard, as it comes', several(() => guard(poolOf(pg.Pool, server.config)))],
      ['OpenTelemetry, no-op provider', several(() => poolOf(InstrumentedPool, server.config))],
    ]);
    const all = [...pools].map(([name, [pool]]) => ({ name, pool: /** @type {Pool} */ (pool) }));
    const times = await measure(all, 36, 500, async ({ name }, count) => {
      const own = pools.get(name) ?? [];
      const pool = /** @type {Pool} */ (own.shift());
      own.push(pool);
      for (let turn = 0; turn < count; turn += 1) {
        const client = await pool.connect();
        try {
          await client.query('SELECT 1');
        } finally {
          client.release();
        }
      }
    }, () => performance.now() * 1000);
    const bare = at(times, 'bare');
    table('A checkout, SELECT 1 and a release on a local PostgreSQL', [...times].map(([name, time]) => ({
      pool: name, µs: time.toFixed(1), ratio: (time / bare).toFixed(3), limit: name.startsWith('guard') ? 1.03 : '',
    })));
    console.log('A ratio of 1.03 allows for what a sampled checkout may cost where the bare one takes 140 µs and more; a loaded machine shows its scheduling instead.');
    for (const pool of [...pools.values()].flat()) await pool.end();
  } finally {
    await server.stop();
  }
}

/**
 * Medians in µs for one turn. Taken in turn, so that a slow spell of the machine meets everyone.
 * @param {readonly Contestant[]} all
 * @param {number} rounds
 * @param {number} each
 * @param {(contestant: Contestant, count: number) => Promise<void>} run
 * @param {() => number} clock
 */
async function measure(all, rounds, each, run, clock = processor) {
  /** @type {Map<string, number[]>} */
  const times = new Map(all.map(({ name }) => [name, []]));
  for (const contestant of all) await run(contestant, each);
  for (let round = 0; round < rounds; round += 1) {
    for (const contestant of all) {
      const start = clock();
      await run(contestant, each);
      times.get(contestant.name)?.push((clock() - start) / each);
    }
  }
  return new Map([...times].map(([name, taken]) => [name, median(taken)]));
}

function processor() {
  const { user, system } = process.cpuUsage();
  return user + system;
}

/** @param {ReadonlyMap<string, number>} times @param {string} name */
function at(times, name) {
  return times.get(name) ?? Number.NaN;
}

/** @param {readonly number[]} values */
function median(values) {
  return [...values].sort((one, other) => one - other)[Math.floor(values.length / 2)] ?? Number.NaN;
}

/** @param {string} title @param {readonly object[]} rows */
function table(title, rows) {
  console.log(`\n${title}`);
  console.table(rows);
}
