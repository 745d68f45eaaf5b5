import type { Driver, Release } from '@lifeguard/catalogue';
import type { Irregular } from './irregular/irregular.ts';
import type { AcquireMethod, Adapter, Counts, Ending, LentType, Lifecycle, Loan, Transaction } from './adapter.ts';
import type { Detection } from './detect.ts';
import { irregularOf } from './irregular/index.ts';
import { methodOf } from './patch.ts';
import { isObject, readerOf } from './path.ts';

/** Binds the facts of a record to a pool. */
export function adapt(pool: object, { driver, facade, type, core, coreType }: Detection): Adapter {
  const irregular = irregularOf(driver.name);
  const acquires = acquiresOf(driver, coreType);
  const lent = new Set(acquires.map(({ lends }) => lends));
  const gauges = driver.gauges?.filter(({ of }) => [...lent].some(({ name }) => name === of)) ?? [];
  const socket = irregular.socketOf ?? readerOf(gauges.find((one) => one.socket !== undefined)?.socket);
  const transaction = readerOf(gauges.find((one) => one.transaction !== undefined)?.transaction);
  const serverId = readerOf(gauges.find((one) => one.serverId !== undefined)?.serverId);
  const counts = countsOf(driver, coreType, core);
  return {
    driver,
    type,
    pool,
    core,
    acquires,
    owners: [...lent]
      .flatMap(({ facts }) => endingsOn('owner', facts.releases, facts.destroys))
      .filter(({ method }) => methodOf(core, method) !== undefined),
    takers: irregular.takers ?? [],
    scopes: driver.scopes.filter(({ of }) => of === coreType).map(({ method }) => method),
    counts,
    behind: behindOf(driver, type, lent),
    lastWaiter: () => irregular.lastWaiter?.(core),
    refusesForeign: irregular.refusesForeign === true,
    isClosed: irregular.isClosed ?? (() => false),
    watchRuns: (patches, runs) => irregularOf(facade.name).watchRuns?.(pool, patches, runs),
    onLifecycle: once((told) => irregular.hear?.(core, told) ?? hear(core, told, irregular.lifecycle)),
    socketOf: socket,
    trafficOf: (resource) => trafficOf(socket(resource)),
    isRunning: irregular.isRunning ?? (() => undefined),
    isListening: irregular.isListening ?? (() => false),
    transactionOf: (resource) => toTransaction(transaction(resource)),
    serverIdOf(resource) {
      const id = serverId(resource);
      return typeof id === 'number' || typeof id === 'string' ? id : undefined;
    },
    destroy(loan) {
      if (irregular.destroy !== undefined) irregular.destroy(loan, core);
      else destroyByRecord([...lent], core, loan);
    },
    withdraw: irregular.withdraw ?? (() => undefined),
    releasedTwice: irregular.releasedTwice ?? (() => undefined),
    failOperation: irregular.failOperation ?? (() => undefined),
  };
}

/** What stays legal after a release where no record says so. */
const ofAnyEmitter = ['on', 'once', 'off', 'addListener', 'removeListener', 'removeAllListeners', 'listeners', 'listenerCount'];

/** mysql2's promise pool makes an object around each connection, and the record names the way back. */
function behindOf({ acquires, members }: Driver, type: string, lent: ReadonlySet<LentType>): (face: unknown) => unknown {
  const faces = new Set(acquires.filter((one) => one.of === type).map(({ gives }) => gives));
  const way = members.find(({ of, how, gives }) => faces.has(of) && how === 'get' && [...lent].some(({ name }) => name === gives));
  return readerOf(way?.name);
}

/** However many want to be told, the pool is listened to once. */
function once(listen: (told: Lifecycle) => () => void): (told: Lifecycle) => () => void {
  const all = new Set<Lifecycle>();
  let stop: (() => void) | undefined;
  return (told) => {
    all.add(told);
    stop ??= listen({
      created: (resource) => all.forEach((one) => one.created(resource)),
      destroyed: (resource) => all.forEach((one) => one.destroyed(resource)),
      lost: (resource, error) => all.forEach((one) => one.lost?.(resource, error)),
    });
    return () => {
      all.delete(told);
      if (all.size > 0) return;
      stop?.();
      stop = undefined;
    };
  };
}

function hear(core: object, told: Lifecycle, events: Irregular['lifecycle']): () => void {
  const [on, off] = [methodOf(core, 'on'), methodOf(core, 'removeListener')];
  if (events === undefined || on === undefined || off === undefined) return () => undefined;
  const { created, destroyed, argument } = events;
  const listeners = [
    [created, (...args: unknown[]) => told.created(args[argument])],
    [destroyed, (...args: unknown[]) => told.destroyed(args[argument])],
  ] as const;
  for (const [event, listener] of listeners) if (event !== undefined) Reflect.apply(on, core, [event, listener]);
  return () => {
    for (const [event, listener] of listeners) if (event !== undefined) Reflect.apply(off, core, [event, listener]);
  };
}

function acquiresOf(driver: Driver, type: string): readonly AcquireMethod[] {
  const forms = driver.acquires.filter((one) => one.of === type && one.arrives !== 'receiver');
  return [...new Set(forms.map(({ method }) => method))].flatMap((method) => {
    const same = forms.filter((one) => one.method === method);
    const gives = same[0]?.gives;
    const lends = gives === undefined ? undefined : lentType(driver, gives);
    if (lends === undefined) return [];
    return {
      method,
      lends,
      promise: same.find(({ arrives }) => arrives === 'promise'),
      callback: same.find(({ arrives }) => arrives === 'callback'),
      pending: same.find(({ arrives, property }) => arrives === 'return' && property !== undefined),
    };
  });
}

function lentType(driver: Driver, name: string): LentType | undefined {
  const facts = driver.types[name];
  if (facts === undefined) return undefined;
  const endings = [...endingsOn('resource', facts.releases, facts.destroys), ...(irregularOf(driver.name).endings ?? [])];
  const destroyers = new Set((facts.destroys ?? []).filter(({ argument }) => argument === undefined).map(({ method }) => method));
  return {
    name,
    facts,
    endings: new Map(endings.map((ending) => [ending.method, ending])),
    release: endings.find(({ method }) => !destroyers.has(method)),
    done: endingsOn('handle', facts.releases, facts.destroys)[0],
    isOpaque: facts.operations === undefined,
    belonging: irregularOf(driver.name).belonging,
    operations: new Set(facts.operations),
    usable: new Set(facts.usableAfterRelease ?? (facts.operations === undefined ? ofAnyEmitter : [])),
    faces: new Set(driver.members.filter((one) => one.of === name && one.how === 'call').map((one) => one.name)),
    promises: driver.acquires.some((one) => one.gives === name && one.arrives === 'promise'),
  };
}

/** Joins the releases and destroys that are one method, told apart by an argument. */
function endingsOn(on: Release['on'], releases: readonly Release[] = [], destroys: readonly Release[] = []): readonly Ending[] {
  const all = [...releases, ...destroys].filter((one) => one.on === on);
  return [...new Map(all.map((one) => [one.method, one])).keys()].flatMap((method) => {
    const same = all.find((one) => one.method === method);
    if (same === undefined) return [];
    const closing = destroys.filter((one) => one.on === on && one.method === method);
    const { settles, twice } = same;
    return { on, method, settles, twice, destroys: (args) => closing.some((one) => isMeant(one.argument, args)) };
  });
}

/** Do the arguments select this form: nothing needed, `true` for anything truthy, `{drop}` for an option? */
function isMeant(argument: string | undefined, [first]: readonly unknown[]): boolean {
  if (argument === undefined) return true;
  if (argument === 'true') return Boolean(first);
  return isObject(first) && Boolean(Reflect.get(first, argument.slice(1, -1)));
}

function countsOf(driver: Driver, type: string, core: object): () => Counts {
  const gauges = driver.gauges?.find(({ of }) => of === type);
  const irregular = irregularOf(driver.name);
  const read = {
    total: readerOf(gauges?.total),
    active: readerOf(gauges?.active),
    idle: readerOf(gauges?.idle),
    waiting: readerOf(gauges?.waiting),
  };
  return () => {
    const total = toNumber(read.total(core));
    const idle = toNumber(read.idle(core));
    const active = toNumber(read.active(core));
    return {
      total: total ?? (active === undefined || idle === undefined ? undefined : active + idle),
      active: active ?? (total === undefined || idle === undefined ? undefined : total - idle),
      idle,
      waiting: toNumber(read.waiting(core)),
      max: irregular.max?.(core),
      ...irregular.counts?.(core),
    };
  };
}

/** PostgreSQL's letter of ReadyForQuery, or MySQL's status with SERVER_STATUS_IN_TRANS as its lowest bit. */
function toTransaction(status: unknown): Transaction | undefined {
  if (typeof status === 'number') return (status & 1) === 1 ? 'open' : 'none';
  return status === 'I' ? 'none' : status === 'T' ? 'open' : status === 'E' ? 'failed' : undefined;
}

const bytesRead = readerOf('bytesRead');
const bytesWritten = readerOf('bytesWritten');

function trafficOf(socket: unknown): number | undefined {
  const [read, written] = [toNumber(bytesRead(socket)), toNumber(bytesWritten(socket))];
  return read === undefined || written === undefined ? undefined : read + written;
}

function toNumber(value: unknown): number | undefined {
  return typeof value === 'number' ? value : undefined;
}

/** Calls the first destroy of the record, on the resource or on the pool. */
function destroyByRecord(lent: readonly LentType[], core: object, { resource, done }: Loan): void {
  for (const { facts } of lent) {
    for (const { on, method, argument } of facts.destroys ?? []) {
      const args = argument === 'true' ? [true] : argument === undefined ? [] : [{ [argument.slice(1, -1)]: true }];
      if (on === 'handle') return void done?.(...args);
      const on_ = on === 'owner' ? core : resource;
      const call = methodOf(on_, method);
      if (call === undefined) continue;
      const closed: unknown = Reflect.apply(call, on_, on === 'owner' ? [resource, ...args] : args);
      // It may have been gone already, which is nobody's business here.
      if (closed instanceof Promise) closed.catch(() => undefined);
      return;
    }
  }
}
