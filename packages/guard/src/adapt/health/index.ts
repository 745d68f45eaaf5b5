import type { Driver, FatalError, Ping } from '@lifeguard/catalogue';
import { records } from '../../records.ts';
import type { Adapter } from '../adapter.ts';
import { isObject, readerOf } from '../path.ts';
import { ask, firstValue } from './ask.ts';
import type { Health, OwnHealth, Told } from './health.ts';
import { mariadb } from './mariadb.ts';
import { mysql2 } from './mysql2.ts';
import { mysql } from './mysql.ts';
import { pg } from './pg.ts';
import { shapes } from './shapes.ts';

export type { Health, Told } from './health.ts';

const own: readonly OwnHealth[] = [pg, mysql2, mysql, mariadb];

const destroyed = readerOf('destroyed');
const writable = readerOf('writable');
const codeOf = readerOf('code');
const numberOf = readerOf('errno');

/** How to ask the connections of a pool: from the record, and from what it cannot say. */
export function healthOf(adapter: Adapter): Health {
  const { driver, acquires } = adapter;
  const ping = driver.pings?.find(({ of }) => acquires.some(({ lends }) => lends.name === of));
  const health = healthBy(driver, ping, adapter);
  return acquires.some(({ lends }) => lends.isOpaque) ? ofAnything(health, adapter) : health;
}

/** Whatever a pool of anything lends is asked as what it looks like; what looks like nothing known is left alone. */
function ofAnything(health: Health, adapter: Adapter): Health {
  const known = shapes.flatMap(({ name, of, fits }) => {
    const driver = records().find((one) => one.name === name);
    return driver === undefined ? [] : { fits, health: healthBy(driver, driver.pings?.find((one) => one.of === of), adapter) };
  });
  const like = (resource: unknown): Health | undefined => known.find(({ fits }) => fits(resource))?.health;
  const asking = (question: 'ping' | 'askReadOnly') => (resource: unknown, told: Told) => {
    const ask = like(resource)?.[question];
    if (ask === undefined) told(undefined);
    else ask(resource, told);
  };
  return {
    ...health,
    ping: asking('ping'),
    askReadOnly: asking('askReadOnly'),
    isDead: (resource) => (like(resource) ?? health).isDead(resource),
    restOf: (resource, running) => like(resource)?.restOf(resource, running) ?? 'quiet',
    whenQuiet: (resource, told) => (like(resource) ?? health).whenQuiet(resource, told),
    isGivenUp: (error) => known.some((one) => one.health.isGivenUp(error)),
    meaningOf: (error) => known.map((one) => one.health.meaningOf(error)).find((meaning) => meaning !== undefined),
  };
}

function healthBy(driver: Driver, ping: Ping | undefined, adapter: Adapter): Health {
  const different: Partial<OwnHealth> = own.find((one) => one.driver === driver.name) ?? {};
  const meanings = meaningsOf(driver);
  const { readOnlyQuery, statusQuery, ...rest } = different;
  const status = readerOf(statusQuery?.path);
  const isDead = (resource: unknown): boolean => {
    const socket = adapter.socketOf(resource);
    return isObject(socket) && (destroyed(socket) === true || writable(socket) === false);
  };
  return {
    connectionOf: (resource) => (isObject(resource) ? resource : undefined),
    isDead,
    ping: ping && ((resource, told) => ask(resource, ping.method, ping.query === undefined ? [] : [ping.query], ping.settles, told)),
    askReadOnly: stating(ping, readOnlyQuery, (answer) => isOn(firstValue(answer))),
    rollback: stating(ping, 'ROLLBACK', () => undefined),
    askTransaction: stating(ping, statusQuery?.sql, (answer) => (Number(status(answer)) & 1) === 1),
    opensOnError: false,
    opensImplicitly: () => false,
    // Without a question nobody could tell when it is over.
    restOf: (resource, running) => (ping !== undefined && (adapter.isRunning(resource) ?? running > 0) ? 'busy' : 'quiet'),
    // What is asked now is answered after everything before it.
    whenQuiet(resource, told) {
      let isWaiting = true;
      if (ping !== undefined) ask(resource, ping.method, ping.query === undefined ? [] : [ping.query], ping.settles, () => isWaiting && told());
      return () => void (isWaiting = false);
    },
    isGivenUp: () => false,
    meaningOf: (error) => meanings.get(codeOf(error)) ?? meanings.get(numberOf(error)),
    acquireLimitMs: () => undefined,
    acquireTimeout: () => undefined,
    ...rest,
    ...(rest.isDead === undefined ? {} : { isDead: either(rest.isDead, isDead) }),
  };
}

/** Sends a statement in the form of the ping, and reads what is answered. */
function stating(ping: Ping | undefined, sql: string | undefined, read: (answer: unknown) => unknown): ((resource: unknown, told: Told) => void) | undefined {
  if (ping === undefined || sql === undefined) return undefined;
  return (resource, told) => ask(resource, 'query', [sql], ping.settles, (error, answer) => told(error, error === undefined ? read(answer) : undefined));
}

/** PostgreSQL says `on`, MySQL 1 in one of several types. */
function isOn(value: unknown): boolean {
  return value === 'on' || Number(value) === 1;
}

function either(one: (resource: unknown) => boolean, other: (resource: unknown) => boolean): (resource: unknown) => boolean {
  return (resource) => one(resource) || other(resource);
}

function meaningsOf({ fatal = [] }: Driver): ReadonlyMap<unknown, FatalError['means']> {
  return new Map(fatal.map(({ code, means }) => [code, means]));
}
