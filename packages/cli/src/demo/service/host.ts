/** The program that runs a compiled copy of the service under the guard. Argument: its folder. */
import { once } from 'node:events';
import type { Server } from 'node:http';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { eventTypes, guard, scopeHttp, stats, subscribe } from '@lifeguard/guard';
import { reportFile } from '@lifeguard/guard/report-file';
import { Sightings } from './sightings.ts';
import type { Answer, Request, Seen } from './wire.ts';

/** What `index.ts` of the service has. */
interface Service {
  readonly pool: { end(): Promise<void> };
  readonly dataSource: { initialize(): Promise<unknown>; destroy(): Promise<void> };
  readonly server: Server;
  /** Makes its tables anew. */
  reset(): Promise<void>;
  /** Cuts off the connections that are idle, and says which, by the server's own numbers. */
  cutIdle(): Promise<readonly number[]>;
}

const settleWithinMs = 10_000;
const lookEveryMs = 20;
/** They happen all the time. */
const usual = new Set(['acquired', 'returned', 'created', 'destroyed']);

const [folder = ''] = process.argv.slice(2);
// The interrupt of the terminal is for the demo, which ends this process, also by its own end.
process.on('SIGINT', () => undefined);
process.on('disconnect', () => process.exit());

// Its own program, compiled from the sources that are shipped with this one.
const service = (await import(pathToFileURL(path.join(folder, 'dist/index.js')).href)) as Service;
const { pool, dataSource, server } = service;
await service.reset();
await dataSource.initialize();

const sightings = new Sightings();
subscribe((event) => sightings.add(event), eventTypes.filter((type) => !usual.has(type)));
const closed = new Set<string | number>();
subscribe((event) => {
  if (event.type === 'destroyed' && event.serverId !== undefined) closed.add(event.serverId);
}, ['destroyed']);
let cut: readonly number[] = [];
const report = reportFile(path.join(folder, 'leaks.jsonl'), { root: folder });
const options = { stacks: 'full', reclaim: { scopeEnded: 'destroy', maxPerMinute: 10_000 } } as const;
const pools = [
  guard(pool, { ...options, name: 'orders' }),
  guard(poolOf(dataSource), { ...options, name: 'typeorm' }),
];
scopeHttp(server);

server.listen(0, '127.0.0.1');
await once(server, 'listening');
const address = server.address();
answer({ to: 'start', port: typeof address === 'object' ? (address?.port ?? 0) : 0 });

process.on('message', (request: Request) => {
  void act(request).then(answer);
});

async function act(request: Request): Promise<Answer> {
  switch (request) {
    case 'settle':
      await settle();
      return { to: 'settle' };
    case 'cut':
      cut = await service.cutIdle();
      return { to: 'cut' };
    case 'end':
      await settle();
      return { to: 'end', seen: await end() };
  }
}

async function settle(): Promise<void> {
  const until = performance.now() + settleWithinMs;
  while (openLeases() > 0 && performance.now() < until) {
    await sleep(lookEveryMs);
  }
}

function openLeases(): number {
  return pools.reduce((sum, one) => sum + (stats(one).active ?? 0), 0);
}

async function end(): Promise<Seen> {
  const waits = pools.map((one) => stats(one).wait);
  const callers = waits.reduce((sum, { count }) => sum + count, 0);
  const waitMs = waits.reduce((sum, { count, meanMs }) => sum + count * meanMs, 0) / callers;
  const ended = { count: cut.length, closed: cut.filter((one) => closed.has(one)).length };
  const seen = { sightings: sightings.read(), waitMs, open: openLeases(), cut: ended };
  server.close();
  server.closeAllConnections();
  report.stop();
  await Promise.all([pool.end(), dataSource.destroy()]);
  return seen;
}

function answer(told: Answer): void {
  process.send?.(told);
}

/** TypeORM's own pool. */
function poolOf(source: object): object {
  const driver: unknown = Reflect.get(source, 'driver');
  const master: unknown = typeof driver === 'object' && driver !== null && Reflect.get(driver, 'master');
  if (typeof master !== 'object' || master === null) {
    throw new Error('This TypeORM has no pool where the demo looks for it.');
  }
  return master;
}
