import type { Acquire, Driver, Scope, TypeFacts } from '@lifeguard/catalogue';

/** The catalogue, merged with the user's records and indexed for look-ups by name. */
export interface Facts {
  readonly drivers: readonly Driver[];
  /** Records that describe a module specifier. */
  ofModule(specifier: string): readonly Driver[];
  /** Forms of acquire with this method name, over all records. */
  acquiresNamed(method: string): readonly DriverAcquire[];
  /** The last names of all acquires, and of the calls that complete one. */
  readonly acquireNames: ReadonlySet<string>;
  /** The records with an acquire of this last name, where a proof of whose it is must precede it in all of them. */
  provenBy(name: string): readonly Driver[] | undefined;
  /** The last names of all makers. */
  readonly makerNames: ReadonlySet<string>;
  /** The last names of classes whose objects are lent by constructing them. */
  readonly lentClasses: ReadonlySet<string>;
  /** The last names of what gives a function that acquires when it is called. */
  readonly acquirerGivers: ReadonlySet<string>;
  /** What is called on a lent resource, to work with it or to give it back. */
  readonly lentMethods: ReadonlySet<string>;
  /** What ends a pool, by name. */
  readonly poolEnds: ReadonlySet<string>;
  /** Methods for which a client or pool keeps a connection to itself, by name: such a client cannot be shared. */
  readonly lastingNames: ReadonlySet<string>;
  /** Acquires of a chain that a later call of this name completes: `db.startTransaction().execute()`. */
  chainedBefore(last: string): readonly string[];
  /** What a value of a driver is operated with: its operations, scopes and acquires, by name. */
  readonly operationNames: ReadonlySet<string>;
  /** The names of all methods that only set or read something. */
  readonly infallibleNames: ReadonlySet<string>;
  /** Scopes with this method name, over all records. */
  scopesNamed(method: string): readonly DriverScope[];
}

/** An acquire and the record it stands in. */
export interface DriverAcquire {
  readonly driver: Driver;
  readonly acquire: Acquire;
}

/** A scope and the record it stands in. */
export interface DriverScope {
  readonly driver: Driver;
  readonly scope: Scope;
}

/** The facts of a type of a record; `undefined` for a name the record does not know. */
export function typeFacts(driver: Driver, type: string): TypeFacts | undefined {
  return Object.hasOwn(driver.types, type) ? driver.types[type] : undefined;
}

function lastName(path: string): string {
  return path.slice(path.lastIndexOf('.') + 1);
}

/** `transactionProvider` of `const begin = knex.transactionProvider(); await begin()`. */
function acquirerGiversOf({ acquires, makers, members }: Driver): readonly string[] {
  const called = new Set(acquires.flatMap(({ of, method }) => (method === '()' ? of : [])));
  return [
    ...acquires.flatMap(({ method, gives }) => (called.has(gives) ? lastName(method) : [])),
    ...makers.flatMap((one) => (called.has(one.gives) ? lastName(one.export) : [])),
    ...members.flatMap(({ name, gives }) => (called.has(gives) ? name : [])),
  ];
}

/** Indexes records by module, acquire method and scope method. */
export function createFacts(drivers: readonly Driver[]): Facts {
  const byModule = new Map<string, Driver[]>();
  const acquires = new Map<string, DriverAcquire[]>();
  const scopes = new Map<string, DriverScope[]>();
  const chains = new Map<string, string[]>();
  const add = <T>(map: Map<string, T[]>, key: string, value: T): void => {
    const list = map.get(key);
    if (list === undefined) map.set(key, [value]);
    else list.push(value);
  };
  for (const driver of drivers) {
    for (const { module } of driver.packages) add(byModule, module, driver);
    for (const acquire of driver.acquires) {
      add(acquires, acquire.method, { driver, acquire });
      if (acquire.then !== undefined) add(chains, acquire.then, acquire.method);
    }
    for (const scope of driver.scopes) add(scopes, scope.method, { driver, scope });
  }
  const acquireNames = new Set<string>();
  const proven = new Map<string, Driver[]>();
  const unproven = new Set<string>();
  for (const { driver, acquire } of [...acquires.values()].flat()) {
    const name = lastName(acquire.method);
    acquireNames.add(name);
    if (acquire.proofOnly === true) add(proven, name, driver);
    else unproven.add(name);
    if (acquire.then === undefined) continue;
    acquireNames.add(acquire.then);
    add(proven, acquire.then, driver);
  }
  return {
    drivers,
    acquireNames,
    provenBy: (name) => (unproven.has(name) ? undefined : proven.get(name)),
    makerNames: new Set(drivers.flatMap(({ makers }) => makers.map((one) => lastName(one.export)))),
    lentClasses: new Set(
      drivers.flatMap(({ acquires: forms, makers }) => {
        const lent = new Set(forms.flatMap(({ method, gives }) => (method === 'new' ? gives : [])));
        return makers.flatMap((one) => (one.how === 'new' && lent.has(one.gives) ? lastName(one.export) : []));
      }),
    ),
    acquirerGivers: new Set(drivers.flatMap(acquirerGiversOf)),
    lentMethods: new Set(
      drivers.flatMap(({ types }) =>
        Object.values(types).flatMap(({ role, operations = [], releases = [], destroys = [] }) =>
          role === 'pool' ? [] : [...operations, ...[...releases, ...destroys].map(({ method }) => method)],
        ),
      ),
    ),
    poolEnds: new Set(
      drivers.flatMap(({ types }) =>
        Object.values(types).flatMap(({ role, ends = [] }) => (role === 'pool' ? ends : [])),
      ),
    ),
    lastingNames: new Set(
      drivers.flatMap(({ types }) =>
        Object.values(types).flatMap(({ role, lasting = [] }) => (role === 'client' || role === 'pool' ? lasting : [])),
      ),
    ),
    operationNames: new Set([
      ...acquires.keys(),
      ...scopes.keys(),
      ...drivers.flatMap(({ types }) => Object.values(types).flatMap(({ operations = [] }) => operations)),
    ]),
    infallibleNames: new Set(drivers.flatMap(({ types }) => Object.values(types).flatMap(({ infallible = [] }) => infallible))),
    chainedBefore: (last) => chains.get(last) ?? [],
    ofModule: (specifier) => byModule.get(specifier) ?? [],
    acquiresNamed: (method) => acquires.get(method) ?? [],
    scopesNamed: (method) => scopes.get(method) ?? [],
  };
}
