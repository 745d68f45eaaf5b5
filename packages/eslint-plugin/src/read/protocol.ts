import type { Driver, Release, TypeFacts } from '@lifeguard/catalogue';
import { typeFacts } from './facts.ts';

/** How one kind of resource is given back and used: the record's facts, indexed by method. */
export interface Protocol {
  /** The record's type name, for messages and further look-ups. */
  readonly type: string;
  readonly drivers: readonly Driver[];
  readonly role: TypeFacts['role'];
  /** Methods of the resource that give it back or destroy it. */
  readonly onResource: ReadonlyMap<string, Release>;
  /** Methods of the pool that take it back. */
  readonly onOwner: ReadonlyMap<string, Release>;
  readonly operations: ReadonlySet<string>;
  readonly usableAfterRelease: ReadonlySet<string>;
  /** Properties and methods that read true once it has gone back. */
  readonly endedWhen: ReadonlySet<string>;
  readonly infallible: ReadonlySet<string>;
  /** Calls that lead to another type without lending, and so without asking a server: `client.db()`. */
  readonly accessors: ReadonlySet<string>;
  /** Accessors of another face of the resource, which gives it back as well: `connection.promise()`. */
  readonly faces: ReadonlySet<string>;
  /** Properties that show what the resource wraps, whose end is its own: `promised.connection`. */
  readonly shown: ReadonlySet<string>;
  /** Methods of what lent it that end it too. */
  readonly endsWithOwner: ReadonlySet<string>;
  /** Methods that return the resource itself. */
  readonly chains: ReadonlySet<string>;
  /** Ways back that return a promise, whichever of the candidates it is. */
  readonly promised: ReadonlySet<string>;
  /** Methods that give it to the function that is their first argument. */
  readonly lendingItself: ReadonlySet<string>;
  /** Methods after which it is meant to live on. */
  readonly lasting: ReadonlySet<string>;
  readonly endsAfterError: boolean;
  readonly consumedByIteration: boolean;
  readonly disposable: { readonly sync: boolean; readonly async: boolean };
  /** The resource is an object of a class of the program, which holds what a driver lent. */
  readonly held?: HeldBy;
}

/** What an object of the program says of the resource that it holds. */
export interface HeldBy {
  /** Its methods that give it back. */
  readonly ways: readonly string[];
  /** Its methods that return it. */
  readonly shows: ReadonlySet<string>;
  /** Its methods that may have given it back when they throw. */
  readonly failing: ReadonlySet<string>;
}

/** Methods of an event emitter, which neither use the connection nor throw. */
export const emitterMethods: ReadonlySet<string> = new Set([
  'on', 'once', 'off', 'addListener', 'removeListener', 'removeAllListeners', 'prependListener',
  'setMaxListeners', 'listenerCount', 'listeners', 'emit',
]);

type Candidates = readonly { readonly driver: Driver; readonly type: string }[];

const known = new Map<string, Protocol | undefined>();
const numbers = new WeakMap<Driver, number>();
let drivers = 0;

/** Builds the protocol of a type, or of several types that share a method's name; once for each such list. */
export function protocolOf(candidates: Candidates): Protocol | undefined {
  const key = candidates.map(({ driver, type }) => `${numberOf(driver)} ${type}`).join();
  let protocol = known.get(key);
  if (protocol === undefined && !known.has(key)) known.set(key, (protocol = build(candidates)));
  return protocol;
}

/** Records of one name differ where settings change them. */
function numberOf(driver: Driver): number {
  let number = numbers.get(driver);
  if (number === undefined) numbers.set(driver, (number = drivers += 1));
  return number;
}

function build(candidates: Candidates): Protocol | undefined {
  const [first] = candidates;
  const facts = candidates.flatMap(({ driver, type }) => typeFacts(driver, type) ?? []);
  const [main] = facts;
  if (first === undefined || main === undefined) return undefined;
  const onResource = new Map<string, Release>();
  const onOwner = new Map<string, Release>();
  for (const { releases = [], destroys = [] } of facts) {
    for (const release of [...releases, ...destroys]) {
      const map = release.on === 'resource' ? onResource : release.on === 'owner' ? onOwner : null;
      if (map !== null && !map.has(release.method)) map.set(release.method, release);
    }
  }
  const all = (pick: (one: TypeFacts) => readonly string[] | undefined): ReadonlySet<string> =>
    new Set(facts.flatMap((one) => pick(one) ?? []));
  return {
    type: first.type,
    drivers: [...new Set(candidates.map(({ driver }) => driver))],
    role: main.role,
    onResource,
    onOwner,
    operations: all((one) => one.operations),
    usableAfterRelease: all((one) => one.usableAfterRelease),
    endedWhen: all((one) => one.endedWhen),
    infallible: all((one) => one.infallible),
    ...accessorsOf(candidates),
    endsWithOwner: all((one) => one.endsWithOwner),
    chains: all((one) => one.chains),
    promised: promisedBy(facts),
    lendingItself: new Set(
      candidates.flatMap(({ driver, type }) => driver.scopes.flatMap(({ of, method, lendsItself }) => (of === type && lendsItself === true ? [method] : []))),
    ),
    lasting: all((one) => one.lasting),
    endsAfterError: facts.some((one) => one.endsAfterError === true),
    consumedByIteration: facts.some((one) => one.consumedByIteration === true),
    disposable: {
      sync: facts.every((one) => one.disposes?.sync !== undefined),
      async: facts.every((one) => one.disposes?.async !== undefined),
    },
  };
}

function accessorsOf(candidates: Candidates): Pick<Protocol, 'accessors' | 'faces' | 'shown'> {
  const accessors = new Set<string>();
  const faces = new Set<string>();
  const shown = new Set<string>();
  for (const { driver, type } of candidates) {
    const endings = endingsOf(driver, type);
    for (const { of, name, how, gives } of driver.members) {
      if (of !== type) continue;
      if (how === 'call') accessors.add(name);
      if (endingsOf(driver, gives).some((method) => endings.includes(method))) (how === 'call' ? faces : shown).add(name);
    }
  }
  return { accessors, faces, shown };
}

function endingsOf(driver: Driver, type: string): readonly string[] {
  const { releases = [], destroys = [] } = typeFacts(driver, type) ?? {};
  return [...releases, ...destroys].flatMap(({ on, method }) => (on === 'resource' ? [method] : []));
}

function promisedBy(facts: readonly TypeFacts[]): ReadonlySet<string> {
  const isPromised = (one: TypeFacts, method: string): boolean => {
    if (method === '@@asyncDispose') return one.disposes?.async !== undefined;
    const ways = [...(one.releases ?? []), ...(one.destroys ?? [])].filter((way) => way.method === method);
    return ways.every(
      ({ settles, then }) =>
        then === undefined && (settles === 'promise' || (settles === 'either' && one.role === 'connection')),
    ) && ways.length > 0;
  };
  const methods = facts.flatMap(({ releases = [], destroys = [] }) =>
    [...releases, ...destroys].map(({ method }) => method),
  );
  return new Set(
    ['@@asyncDispose', ...methods].filter((method) => facts.every((one) => isPromised(one, method))),
  );
}
