import type { Driver } from '@lifeguard/catalogue';
import type { Facts } from './facts.ts';
import { diskEpoch, stampOf, textOf } from './disk.ts';
import { fileMeant } from './file.ts';
import { commonNames, wordsIn, worthFollowing, type Words } from './prescan.ts';

/** What one scan over a file tells. */
interface Scan {
  readonly stamp: string;
  /** It names a driver, acquires or releases. */
  readonly matters: boolean;
  /** It may acquire itself. */
  readonly lends: boolean;
  readonly acquired: ReadonlySet<Driver>;
  readonly released: ReadonlySet<Driver>;
  readonly imports: readonly string[];
  /** The drivers whose packages it names, where it matters at all. */
  readonly drivers: readonly Driver[];
}

interface Scans {
  readonly words: RegExp;
  readonly operations: RegExp;
  readonly packages: RegExp;
  readonly files: Map<string, Scan>;
  readonly reached: WeakMap<object, Map<string, Reached>>;
}

const scansOf = new WeakMap<Facts, Scans>();
const keptFiles = 5_000;

/**
 * Tells without parsing whether a file that another one imports can say anything about its pools:
 * it names a driver, acquires or releases, or a file does that it imports itself, `hops` further.
 */
export function mayMatterToImporters(path: string, facts: Facts, hops: number, seen = new Map<string, number>()): boolean {
  // Met again with more hops left, it may lead further.
  if ((seen.get(path) ?? -1) >= hops) return false;
  seen.set(path, hops);
  const scan = scanAt(path, facts);
  if (scan === undefined) return false;
  if (scan.matters) return true;
  return hops > 0 && filesOf(scan, path).some((next) => mayMatterToImporters(next, facts, hops - 1, seen));
}

/**
 * Tells whether a text imports a file that may acquire, directly or by passing another one on.
 *
 * Who is lent a connection works with it: a text that operates nothing is not worth the look.
 */
export function importsLender(text: string, filename: string, facts: Facts): boolean {
  if (!scansFor(facts).operations.test(text) && !(text.includes('await') && awaitsClient.test(text))) return false;
  return filesIn(text, filename).some((path) => {
    const scan = scanAt(path, facts);
    return scan !== undefined && (scan.lends || filesOf(scan, path).some((next) => scanAt(next, facts)?.lends === true));
  });
}

/** `client = await open()`, `await connectRedis()`: commands of clients are too many to be listed. Bounded, so that no text makes it go back far. */
const awaitsClient = /\bawait\s{1,9}[\w$.]{0,60}(?:client|conn|chan|redis|mongo|cache)\w{0,40}\(|(?:client|conn|chan|redis|mongo|cache)\w{0,40}\s{0,9}=\s{0,9}await\b/iu;

/**
 * Tells whether what a text imports, so many `hops` away, names the package of a driver or may acquire, or gives back
 * what the text acquires, or acquires what it gives back.
 */
export function meetsDriver(text: string, words: Words, filename: string, facts: Facts, hops: number): boolean {
  return filesIn(text, filename).some((path) => {
    const reached = reachedFrom(path, facts, hops);
    return reached !== undefined && (reached.drivers.size > 0 || reached.lenders.size > 0 || meet(words.acquired, reached.released) || meet(words.released, reached.acquired));
  });
}

function meet(some: ReadonlySet<Driver>, others: ReadonlySet<Driver>): boolean {
  return [...some].some((one) => others.has(one));
}

/** What the text of a file and of those it imports, so many `hops` away, lets it meet. */
export interface Reach {
  /** Is the package of a driver named? Whatever is proved to be a driver's is proved by such a name. */
  names(driver: Driver): boolean;
  /** Does an imported file that may acquire define something of this name? */
  lends(name: string): boolean;
  /** Is there an imported file that may acquire? */
  readonly hasLender: boolean;
  /** A text that is equal for equal reaches. */
  key(): string;
}

/** Finds out by scans alone what a file may meet. */
export function reachOf(text: string, filename: string, facts: Facts, hops: number): Reach {
  const reached = filesIn(text, filename).flatMap((path) => reachedFrom(path, facts, hops) ?? []);
  let own: ReadonlySet<Driver> | undefined;
  const named = (): ReadonlySet<Driver> => (own ??= new Set([...facts.drivers.filter(isGlobal), ...driversNamed(text, facts)]));
  let all: ReadonlyMap<string, Scan> | undefined;
  const lenders = (): ReadonlyMap<string, Scan> => (all ??= new Map(reached.flatMap((one) => [...one.lenders]).filter(([path]) => path !== filename)));
  const asked = new Map<string, boolean>();
  const find = (name: string): boolean => {
    for (const [path, scan] of lenders()) if (definedAt(path, scan).has(name)) return true;
    return false;
  };
  return {
    names: (driver) => reached.some(({ drivers }) => drivers.has(driver)) || named().has(driver),
    hasLender: reached.some((one) => one.lenders.size > (one.lenders.has(filename) ? 1 : 0)),
    key: () => {
      const drivers = new Set([...named(), ...reached.flatMap((one) => [...one.drivers])]);
      return [...[...drivers].map(({ name }) => name), ...[...lenders()].map(([path, { stamp }]) => `${path} ${stamp}`)].sort().join('\n');
    },
    lends: (name) => {
      let known = asked.get(name);
      if (known === undefined) asked.set(name, (known = find(name)));
      return known;
    },
  };
}

interface Reached {
  readonly drivers: Set<Driver>;
  readonly lenders: Map<string, Scan>;
  readonly acquired: Set<Driver>;
  readonly released: Set<Driver>;
}

/** What a file and those it imports hold; asked once for all that import it, as long as the disk is trusted. */
function reachedFrom(path: string, facts: Facts, hops: number): Reached | undefined {
  const scan = hops === 0 ? undefined : scanAt(path, facts);
  if (scan === undefined) return undefined;
  const { reached } = scansFor(facts);
  let known = reached.get(diskEpoch());
  if (known === undefined) reached.set(diskEpoch(), (known = new Map<string, Reached>()));
  const key = `${hops} ${path}`;
  let found = known.get(key);
  if (found === undefined) {
    found = { drivers: new Set(scan.drivers), lenders: new Map(scan.lends ? [[path, scan]] : []), acquired: new Set(scan.acquired), released: new Set(scan.released) };
    known.set(key, found);
    for (const file of filesOf(scan, path)) {
      const further = reachedFrom(file, facts, hops - 1);
      if (further === undefined) continue;
      for (const role of ['drivers', 'acquired', 'released'] as const) for (const driver of further[role]) found[role].add(driver);
      for (const [lender, one] of further.lenders) found.lenders.set(lender, one);
    }
    // What imports a file that may acquire may lend what that lends, under a name of its own.
    if (found.lenders.size > 0) found.lenders.set(path, scan);
  }
  return found;
}

/** Begins at the start of a word and is bounded, so that a word of a million letters is looked at once. */
const named = /(?<![\p{ID_Continue}$])([\p{ID_Continue}$]{1,80})['"]?\]?\s{0,40}(?=[(=:<?!])|\b(?:as|class)\s{1,40}([\p{ID_Continue}$]{1,80})/gu;

const defined = new WeakMap<Scan, ReadonlySet<string>>();

/** What a file may define under a name of its own: what stands before a bracket, `=` or `:`, or after `as` or `class`. */
function definedAt(path: string, scan: Scan): ReadonlySet<string> {
  let names = defined.get(scan);
  if (names === undefined) {
    const found = (textOf(path) ?? '').matchAll(named);
    names = new Set([...found].map(([, name = '', other = '']) => name || other));
    defined.set(scan, names);
  }
  return names;
}

function isGlobal({ packages }: Driver): boolean {
  return packages.some(({ global }) => global === true);
}

function driversNamed(text: string, facts: Facts): readonly Driver[] {
  const named = new Set([...text.matchAll(scansFor(facts).packages)].map(([, specifier, documented = '']) => specifier ?? documented));
  return [...named].flatMap((name) => [...facts.ofModule(name), ...facts.drivers.filter((driver) => driver.name === name)]);
}

function scansFor(facts: Facts): Scans {
  const known = scansOf.get(facts);
  if (known !== undefined) return known;
  const used = facts.drivers.flatMap(({ types }) =>
    Object.values(types).flatMap(({ role, operations = [], releases = [] }) => [
      ...(role === 'client' || role === 'pool' ? [] : operations),
      ...releases.map(({ method }) => method),
    ]),
  );
  const names = [...new Set(used)].filter((name) => /^\w{3,}$/u.test(name));
  // `client.db('shop')`: what a client is asked for, and worked with in its place.
  const parts = facts.drivers.flatMap(({ types, members }) =>
    members.flatMap(({ of, name, how }) => (how === 'call' && types[of]?.role === 'client' && /^\w+$/u.test(name) ? [name] : [])),
  );
  const scans = {
    words: wordsOf(facts),
    operations: new RegExp(`\\.(?:(?:${names.join('|')})(?=\\s*(?:\\?\\.\\s*)?[(<\`])${parts.length > 0 ? `|(?:${parts.join('|')})\\(` : ''})`, 'u'),
    packages: packagesOf(facts),
    files: new Map<string, Scan>(),
    reached: new WeakMap<object, Map<string, Reached>>(),
  };
  scansOf.set(facts, scans);
  return scans;
}

function scanAt(path: string, facts: Facts): Scan | undefined {
  const stamp = stampOf(path);
  if (stamp === undefined) return undefined;
  const scans = scansFor(facts);
  const known = scans.files.get(path);
  if (known?.stamp === stamp) return known;
  const text = textOf(path) ?? '';
  const matters = scans.words.test(text);
  const { expected, acquired, released } = wordsIn(text, facts, () => false);
  const scan = { stamp, matters, lends: expected === 'pools', acquired, released, imports: importsIn(text), drivers: matters ? driversNamed(text, facts) : [] };
  if (scans.files.size >= keptFiles) scans.files.clear();
  scans.files.set(path, scan);
  return scan;
}

/** Does a text import a file of the project under a name that TypeScript's configuration gives it? */
export function importsAliased(text: string, filename: string): boolean {
  return importsIn(text).some((specifier) => !specifier.startsWith('.') && fileMeant(specifier, filename) !== undefined);
}

const imported = /\b(?:from|import|require\s*\(|import\s*\()\s*['"`]([^'"`\n]+)['"`]/gu;
/** `require` may be called anything where `createRequire` made it. */
const importedByAny = /(?:\b(?:from|import)\s*|[\w$]\(\s*)['"`]([^'"`\n]+)['"`]/gu;

/** What a text imports, as far as the words before the specifier tell. */
function importsIn(text: string): readonly string[] {
  if (text !== last.text) {
    const found = text.matchAll(text.includes('createRequire') ? importedByAny : imported);
    last = { text, imports: [...new Set([...found].map(([, specifier = '']) => specifier))], files: undefined };
  }
  return last.imports;
}

/** The files of the project that a text imports. */
function filesIn(text: string, filename: string): readonly string[] {
  const imports = importsIn(text);
  if (last.files?.filename !== filename || last.files.epoch !== diskEpoch()) {
    last.files = { filename, epoch: diskEpoch(), paths: filesMeant(imports, filename) };
  }
  return last.files.paths;
}

function filesMeant(imports: readonly string[], from: string): readonly string[] {
  return imports.flatMap((specifier) => fileMeant(specifier, from) ?? []);
}

/** A file under analysis is asked for its imports again and again. */
let last: {
  readonly text: string;
  readonly imports: readonly string[];
  files: { readonly filename: string; readonly epoch: object; readonly paths: readonly string[] } | undefined;
} = { text: '', imports: [], files: undefined };

/** The files of the project that a scanned one imports. */
function filesOf(scan: Scan, path: string): readonly string[] {
  let known = filesByScan.get(scan);
  if (known?.epoch !== diskEpoch()) filesByScan.set(scan, (known = { epoch: diskEpoch(), paths: filesMeant(scan.imports, path) }));
  return known.paths;
}

const filesByScan = new WeakMap<Scan, { readonly epoch: object; readonly paths: readonly string[] }>();

function packagesOf(facts: Facts): RegExp {
  const modules = new Set(facts.drivers.flatMap(({ packages }) => packages.map(({ module }) => escaped(module))));
  const names = facts.drivers.map(({ name }) => escaped(name));
  // `{neo4j.Driver}`, as comments name types.
  return new RegExp(`['"\`](${[...modules].join('|')})['"\`]|\\{(?:Promise<)?(${names.join('|')})\\.`, 'gu');
}

function escaped(module: string): string {
  return module.replace(/[\\^$.*+?()[\]{}|/]/gu, '\\$&');
}

/** Common acquires prove nothing in a file that neither names a driver nor imports one that does. */
function wordsOf(facts: Facts): RegExp {
  const modules = new Set<string>();
  const names = new Set<string>();
  for (const driver of facts.drivers) {
    for (const { module, global } of driver.packages) if (global !== true) modules.add(module);
    for (const { method } of driver.acquires) {
      if (/^\w{5,}$/u.test(method) && (!commonNames.has(method) || worthFollowing.has(method))) names.add(method);
    }
    for (const { role, operations = [], releases = [], destroys = [] } of Object.values(driver.types)) {
      // A function that only works with the connection it is given is worth knowing as a borrower.
      if (role === 'connection') for (const method of operations) if (/^\w{5,}$/u.test(method)) names.add(method);
      for (const { method } of [...releases, ...destroys]) if (/^\w+$/u.test(method)) names.add(method);
    }
  }
  const quoted = [...modules].map(escaped);
  return new RegExp(`['"\`](?:${quoted.join('|')})['"\`]|\\.(?:${[...names].join('|')})\\b`, 'u');
}
