import { describe as group, expect, it as test } from 'vitest';
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { constants } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Driver, Maker, Release, TypeFacts } from '../../packages/catalogue/src/index.ts';
import { mutantsOf } from './mutants.ts';
import { packageOf, wordsOf } from './package-text.ts';
import { inRange } from './range.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** What a second release was seen to do. */
export type Outcome = Exclude<Release['twice'], 'unknown'>;

/** What a test knows about a driver that its record cannot say: how to get its objects without a server. */
export interface Subjects {
  /**
   * A value, or the prototype, of each type that can be had. A type without one must stand in the
   * record's `unproved`.
   */
  readonly types: Readonly<Record<string, () => unknown>>;
  /** What a second release does, by `Type.method`: releases once, then reports on the second. */
  readonly twice?: Readonly<Record<string, () => Promise<Outcome>>>;
  /** What an acquire lends, by `Type.method arrival Resource`. */
  readonly arrivals?: Readonly<Record<string, () => Promise<unknown>>>;
  /** The packages whose text holds the option names and error codes, if not those of the record. */
  readonly text?: readonly string[];
  /**
   * An older version of the record's range, by the name it is installed under, and its objects: it
   * still has what the other has lost.
   */
  readonly older?: { readonly module: string; readonly types: Readonly<Record<string, () => unknown>> };
  /** Modules that cannot be imported here; the record's `unproved` says so. */
  readonly unimportable?: readonly string[];
}

interface Check {
  readonly title: string;
  readonly run: () => unknown;
}

/**
 * Checks a record against the real package, that `unproved` names all that is not checked, and that
 * the checks notice when the record is wrong.
 */
export function contract(driver: Driver, subjects: Subjects): void {
  group(`the record of ${driver.name}`, () => {
    for (const { title, run } of checksOf(driver, subjects)) test(title, async () => {
    await run();
  });
    for (const { what, record } of mutantsOf(driver, Object.keys(subjects.types))) {
      test(`does not pass with ${what}`, async () => {
        expect(await firstFailure(checksOf(record, subjects)), 'a check that fails').toBeDefined();
      });
    }
  });
}

async function firstFailure(checks: readonly Check[]): Promise<string | undefined> {
  for (const { title, run } of checks) {
    try {
      await run();
    } catch {
      return title;
    }
  }
  return undefined;
}

/** All checks of a record, the cheap ones first. */
function checksOf(driver: Driver, subjects: Subjects): readonly Check[] {
  const checks: Check[] = [];
  const it = (title: string, run: () => unknown): void => void checks.push({ title, run });
  const proofs: Check[] = [];
  const proves = (title: string, run: () => unknown): void => void proofs.push({ title, run });
  const { types, twice = {}, arrivals = {}, unimportable = [], older } = subjects;
  const isUnproved = (claim: string): boolean => driver.unproved.some((one) => one.includes(`\`${claim}\``));
  const names = Object.keys(driver.types);
  const isLent = (name: string): boolean => driver.acquires.some(({ gives }) => gives === name);

  it('survives structuredClone, so that it holds data only', () => {
    expect(structuredClone(driver)).toEqual(driver);
  });

  it('names no type, module or maker that it does not describe', () => {
    const described = new Set(names);
    const modules = new Set(driver.packages.map(({ module }) => module));
    const exports = new Set(driver.makers.map((maker) => maker.export));
    for (const { gives, of } of [...driver.acquires, ...driver.members]) {
      expect(described).toContain(gives);
      if (of !== 'module') expect(described).toContain(of);
    }
    for (const { gives } of driver.makers) expect(described).toContain(gives);
    for (const { of, lends } of driver.scopes) {
      if (of !== 'module') expect(described).toContain(of);
      if (lends !== undefined) expect(described).toContain(lends);
    }
    for (const { of } of [...(driver.pings ?? []), ...(driver.gauges ?? [])]) expect(described).toContain(of);
    for (const { maker } of [...(driver.waits ?? []), ...(driver.statementTimeouts ?? [])]) expect(exports).toContain(maker);
    for (const { modules: given = [] } of [...driver.acquires, ...driver.makers, ...Object.values(driver.types)]) {
      for (const module of given) expect(modules).toContain(module);
    }
  });

  it('says how everything that is lent goes back', () => {
    for (const { gives } of driver.acquires) {
      const { releases = [], destroys = [], consumedByIteration } = factsOf(driver, gives);
      expect(releases.length + destroys.length > 0 || consumedByIteration === true, gives).toBe(true);
    }
  });

  it('claims nothing as unproved that a test here proves', () => {
    for (const claim of [...Object.keys(twice), ...Object.keys(arrivals)]) {
      expect(isUnproved(claim), `${claim} is proved`).toBe(false);
    }
  });

  it('knows every subject and proof that is tested', () => {
    for (const name of Object.keys(types)) expect(names).toContain(name);
    const releases = names.flatMap((name) => waysBack(factsOf(driver, name)).map(({ key }) => `${name}.${key}`));
    for (const key of Object.keys(twice)) expect(releases).toContain(key);
    const acquires = driver.acquires.map(({ of, method, arrives, gives }) => `${of}.${method} ${arrives} ${gives}`);
    for (const key of Object.keys(arrivals)) expect(acquires).toContain(key);
  });

  for (const { module, versions, global } of driver.packages) {
    if (global === true) {
      it(`finds the global ${module}`, () => expect(Reflect.get(globalThis, module)).toBeTypeOf('function'));
      continue;
    }
    if (isInstalled(module)) {
      it(`has ${module} in a version of its range`, () => {
        expect(inRange(versionOf(module), versions ?? ''), `${module} ${versionOf(module)} in ${versions}`).toBe(true);
      });
    }
    if (unimportable.includes(module)) {
      it(`says that ${module} cannot be imported here`, () => expect(isUnproved(module)).toBe(true));
      continue;
    }
    it(`imports ${module}`, () => expect(load(module)).resolves.toBeDefined());
  }

  if (older !== undefined) {
    it(`has ${older.module} in a version of its range, older than the other`, () => {
      const [{ module, versions = '' } = { module: '' }] = driver.packages;
      expect(inRange(versionOf(older.module), versions)).toBe(true);
      expect(inRange(versionOf(older.module), `<${versionOf(module)}`)).toBe(true);
    });
  }

  for (const maker of driver.makers) {
    for (const module of maker.modules ?? driver.packages.filter((one) => one.global !== true).map((one) => one.module)) {
      if (unimportable.includes(module)) continue;
      const there = maker.versions === undefined || inRange(versionOf(module), maker.versions);
      if (isUnproved(maker.export)) continue;
      it(`${there ? 'finds' : 'does not find'} ${maker.export} in ${module}`, async () => {
        const found = exported(await load(module), maker);
        if (!there) expect(found).toBeUndefined();
        else if (maker.how === 'value') expect(found).toBeDefined();
        else if (maker.how === 'new') expect(isConstructor(found), 'is a constructor').toBe(true);
        else expect(found).toBeTypeOf('function');
      });
    }
  }

  for (const { method, modules } of driver.acquires.filter(({ of }) => of === 'module')) {
    for (const module of modules ?? driver.packages.map((one) => one.module)) {
      if (module === 'fetch' || unimportable.includes(module)) continue;
      it(`finds the function ${method} in ${module}`, async () => {
        expect(exported(await load(module), { export: method })).toBeTypeOf('function');
      });
    }
  }

  for (const { method } of driver.scopes.filter(({ of }) => of === 'module')) {
    it(`finds the scope ${method} in the module`, async () => {
      const [first] = driver.packages;
      expect(exported(await load(first?.module ?? ''), { export: method })).toBeTypeOf('function');
    });
  }

  for (const name of names) {
    const facts = factsOf(driver, name);
    const subject = types[name];
    if (subject === undefined) {
      it(`says that ${name} is not proved`, () => expect(isUnproved(name), `unproved names \`${name}\``).toBe(true));
    } else {
      it(`finds the methods and properties of ${name}`, () => {
        const values = [subject(), older?.types[name]?.()];
        const back = [...(facts.releases ?? []), ...(facts.destroys ?? [])].filter(({ on }) => on === 'resource');
        const called = [...driver.acquires, ...driver.scopes, ...(driver.pings ?? [])].filter(({ of }) => of === name);
        const methods = [
          ...[...back, ...called].map(({ method }) => method),
          ...(facts.ends ?? []),
          ...(facts.operations ?? []),
          ...(facts.infallible ?? []),
          ...(facts.lasting ?? []),
          ...(facts.chains ?? []),
        ];
        for (const method of methods) {
          if (method === 'new' || isUnproved(`${name}.${method}`)) continue;
          const found = values.map((value) => (method === '()' ? value : pathIn(value, method)));
          expect(found.find((one) => one !== undefined), method).toBeTypeOf('function');
        }
        for (const property of [...(facts.usableAfterRelease ?? []), ...(facts.endedWhen ?? [])]) {
          expect(values.some((value) => has(value, property)), property).toBe(true);
        }
      });

      it(`finds the members that lead from ${name} to other types`, () => {
        const value = subject();
        const [module] = facts.modules ?? [driver.packages[0]?.module ?? ''];
        for (const { name: member, how, versions } of driver.members.filter(({ of }) => of === name)) {
          const there = versions === undefined || inRange(versionOf(module ?? ''), versions);
          if (member === '()') expect(value).toBeTypeOf('function');
          else if (!there) expect(has(value, member), `${member}, which is of ${versions}`).toBe(false);
          else if (how === 'get') expect(has(value, member), member).toBe(true);
          else expect(pathIn(value, member), member).toBeTypeOf('function');
        }
      });

      it(`finds the dispose symbols of ${name} that it speaks of, and no others`, () => {
        const value = subject();
        expect(has(value, Symbol.dispose), 'Symbol.dispose').toBe(facts.disposes?.sync !== undefined);
        expect(has(value, Symbol.asyncDispose), 'Symbol.asyncDispose').toBe(facts.disposes?.async !== undefined);
      });

      if (isLent(name)) {
        it(`can iterate ${name} exactly where that is said to consume it`, () => {
          expect(has(subject(), Symbol.asyncIterator)).toBe(facts.consumedByIteration === true);
        });
      }
    }

    for (const { key, release } of waysBack(facts)) {
      const claim = `${name}.${key}`;
      const proof = twice[claim];
      if (proof !== undefined) {
        proves(`sees that ${claim}() a second time ${said[release.twice]}`, async () => {
          expect(await proof()).toBe(release.twice);
        });
      } else if (isLent(name)) {
        it(`says that a second ${claim}() is not proved`, () => {
          expect(isUnproved(claim) || isUnproved(name), `unproved names \`${claim}\``).toBe(true);
        });
      }
      if (release.on === 'owner') {
        it(`finds ${release.method} on the owners of ${name}`, () => {
          const owners = driver.acquires.filter(({ gives }) => gives === name).flatMap(({ of }) => types[of] ?? []);
          expect(owners.some((owner) => typeof pathIn(owner(), release.method) === 'function')).toBe(true);
        });
      }
    }
  }

  for (const { of, method, arrives, gives } of driver.acquires) {
    const proof = arrivals[`${of}.${method} ${arrives} ${gives}`];
    if (proof === undefined) {
      it(`says that it is not proved how ${of}.${method} lends (${arrives})`, () => {
        expect(isUnproved(`${of}.${method}()`) || isUnproved(gives) || isUnproved(of), `${of}.${method}()`).toBe(true);
      });
      continue;
    }
    proves(`sees ${of}.${method} lend a ${gives} (${arrives})`, async () => {
      const lent = await proof();
      for (const { on, method: back } of factsOf(driver, gives).releases ?? []) {
        if (on === 'resource') expect(pathIn(lent, back), back).toBeTypeOf('function');
      }
      expect(lent).toBeDefined();
    });
  }

  it('names options that stand in the text of the package', () => {
    const text = wordsOf(subjects.text ?? driver.packages.filter((one) => one.global !== true).map((one) => one.module));
    const options = [...(driver.waits ?? []), ...(driver.statementTimeouts ?? []), ...(driver.native ?? [])];
    for (const { option } of options) {
      for (const part of option?.split('.') ?? []) expect(text.has(part), part).toBe(true);
    }
  });

  it('names error codes of the system or of the package, or says that they are the server\'s', () => {
    const text = wordsOf(subjects.text ?? driver.packages.filter((one) => one.global !== true).map((one) => one.module));
    for (const { code } of driver.fatal ?? []) {
      const known = Object.hasOwn(constants.errno, code) || String(code).split(/[-.]/u).every((part) => text.has(part));
      expect(known || isUnproved(String(code)), String(code)).toBe(true);
    }
  });

  it('reads numbers and states where they are', () => {
    for (const { of, ...gauges } of driver.gauges ?? []) {
      const subject = types[of];
      if (subject === undefined) continue;
      for (const [gauge, path] of Object.entries(gauges)) {
        const claim = `${of}.${path}`;
        expect(isUnproved(claim) || leads(subject(), path), `${gauge}: ${claim}`).toBe(true);
      }
    }
  });
  return [...checks, ...proofs];
}

const said: Readonly<Record<Release['twice'], string>> = {
  throws: 'throws',
  rejects: 'rejects',
  ignored: 'is ignored',
  corrupts: 'lends one resource to two owners',
  unknown: 'does what nobody knows',
};

/** Calls once more and reports what came of it. */
export async function second(call: () => unknown): Promise<Outcome> {
  let result: unknown;
  try {
    result = call();
  } catch {
    return 'throws';
  }
  try {
    await result;
    return 'ignored';
  } catch {
    return 'rejects';
  }
}

/** As {@link second}, for a method that reports to a callback, if at all. */
export function secondWithCallback(call: (done: (error?: unknown) => void) => unknown): Promise<Outcome> {
  return new Promise((resolve) => {
    try {
      call((error) => resolve(error === undefined || error === null ? 'ignored' : 'rejects'));
    } catch {
      resolve('throws');
    }
  });
}

/** The file of an installed package, past its `exports`. */
export function internal(file: string): unknown {
  const required: unknown = createRequire(join(root, 'package.json'))(join(root, 'node_modules', file));
  return required;
}

/** A property of a value of which the test does not know the type. */
export function pathIn(value: unknown, path: string): unknown {
  let current = value;
  for (const part of path.split('.')) {
    if (!isObject(current)) return undefined;
    current = Reflect.get(current, part);
  }
  return current;
}

function factsOf(driver: Driver, name: string): TypeFacts {
  const facts = driver.types[name];
  if (facts === undefined) throw new Error(`${driver.name} describes no ${name}`);
  return facts;
}

/** Ways back under their keys: a method twice in a type (with and without argument) is one way. */
function waysBack({ releases = [], destroys = [] }: TypeFacts): readonly { key: string; release: Release }[] {
  const ways = new Map<string, Release>();
  for (const release of [...releases, ...destroys]) {
    if (!ways.has(release.method)) ways.set(release.method, release);
  }
  return [...ways].map(([key, release]) => ({ key, release }));
}

async function load(module: string): Promise<object> {
  const loaded: unknown = await import(module);
  if (!isObject(loaded)) throw new Error(`${module} is no module`);
  return loaded;
}

/** An export as a program gets it: named, of the default export, or by `require`. */
function exported(module: object, maker: Pick<Maker, 'export'>): unknown {
  const base: unknown = Reflect.get(module, 'default') ?? module;
  if (maker.export === 'default') return isObject(base) && Reflect.has(base, 'default') ? Reflect.get(base, 'default') : base;
  return pathIn(module, maker.export) ?? pathIn(base, maker.export);
}

function isConstructor(value: unknown): boolean {
  if (typeof value !== 'function') return false;
  try {
    Reflect.construct(Object, [], value);
    return true;
  } catch {
    return false;
  }
}

function isObject(value: unknown): value is object {
  return (typeof value === 'object' && value !== null) || typeof value === 'function';
}

/** Is it there, own or inherited? Getters of prototypes are not called. */
function has(value: unknown, key: PropertyKey): boolean {
  return isObject(value) && Reflect.has(value, key);
}

/** Does a gauge's path lead somewhere? A last getter is not called: some throw without a server. */
function leads(value: unknown, path: string): boolean {
  let current = value;
  const parts = path.split('.');
  for (const [index, part] of parts.entries()) {
    const name = part.replace('()', '');
    if (!has(current, name)) return false;
    if (index === parts.length - 1 && name === part) return true;
    current = isObject(current) ? Reflect.get(current, name) : undefined;
    if (name !== part) return typeof current === 'function' && index === parts.length - 1;
  }
  return true;
}

const versions = new Map<string, string>();

function isInstalled(module: string): boolean {
  return existsSync(join(root, 'node_modules', packageOf(module)));
}

/** The installed version of the package that a specifier belongs to. */
function versionOf(module: string): string {
  const name = packageOf(module);
  const known = versions.get(name);
  if (known !== undefined) return known;
  const manifest: unknown = JSON.parse(readFileSync(join(root, 'node_modules', name, 'package.json'), 'utf8'));
  const version = String(pathIn(manifest, 'version'));
  versions.set(name, version);
  return version;
}
