import type { Driver, TypeFacts } from '../../packages/catalogue/src/index.ts';

/** A record with one wrong statement. */
export interface Mutant {
  readonly what: string;
  readonly record: Driver;
}

/**
 * Wrong copies of a record, one per kind of statement: a check that passes on all of them checks
 * nothing. Only types that the test can look at are touched.
 */
export function mutantsOf(driver: Driver, subjects: readonly string[]): readonly Mutant[] {
  const seen = (type: string): boolean => type === 'module' || subjects.includes(type);
  const mutants: Mutant[] = [];
  const add = (what: string, change: Partial<Driver>): void => void mutants.push({ what, record: { ...driver, ...change } });

  const [own] = driver.packages;
  if (own !== undefined) {
    add('a range that ends before the installed version', { packages: [{ ...own, versions: '<0.0.1' }, ...driver.packages.slice(1)] });
  }
  change(driver.makers, ({ versions, export: name }) => versions === undefined && !isUnproved(driver, name), (one) => ({ ...one, export: `${one.export}Wrong` }), (makers) =>
    add('a maker that is not exported', { makers }),
  );
  change(driver.members, ({ of, name, versions }) => seen(of) && name !== '()' && versions === undefined, (one) => ({ ...one, name: `${one.name}Wrong` }), (members) =>
    add('a member that does not exist', { members }),
  );
  change(driver.acquires, ({ of, method }) => seen(of) && method !== 'new' && method !== '()', (one) => ({ ...one, method: `${one.method}Wrong` }), (acquires) =>
    add('an acquire that does not exist', { acquires }),
  );
  change(driver.acquires, () => true, (one) => ({ ...one, gives: 'Wrong' }), (acquires) => add('an acquire of an unknown type', { acquires }));
  change(driver.scopes, ({ of, method }) => seen(of) && method !== '()', (one) => ({ ...one, method: `${one.method}Wrong` }), (scopes) =>
    add('a scope that does not exist', { scopes }),
  );
  change(driver.waits ?? [], ({ option }) => option !== undefined, (one) => ({ ...one, option: `${one.option ?? ''}Wrong` }), (waits) =>
    add('an acquire timeout that is no option', { waits }),
  );
  change(driver.native ?? [], () => true, (one) => ({ ...one, option: `${one.option}Wrong` }), (native) => add('a native option that is none', { native }));
  change(driver.fatal ?? [], () => true, (one) => ({ ...one, code: `${one.code}_WRONG` }), (fatal) => add('an error code nobody uses', { fatal }));
  change(
    driver.gauges ?? [],
    ({ of, total, active }) => subjects.includes(of) && (total ?? active) !== undefined,
    (one) => (one.total === undefined ? { ...one, active: 'wrong' } : { ...one, total: 'wrong' }),
    (gauges) => add('a gauge that does not exist', { gauges }),
  );

  changeType(driver, seen, ({ ends }) => ends !== undefined, (one) => ({ ...one, ends: ['endWrong'] }), (types) =>
    add('an end that does not exist', { types }),
  );
  changeType(driver, seen, ({ operations }) => operations !== undefined, (one) => ({ ...one, operations: ['wrong'] }), (types) =>
    add('an operation that does not exist', { types }),
  );
  changeType(driver, seen, ({ chains }) => chains !== undefined, (one) => ({ ...one, chains: ['wrong'] }), (types) =>
    add('a chained method that does not exist', { types }),
  );
  changeType(driver, seen, ({ infallible }) => infallible !== undefined, (one) => ({ ...one, infallible: ['wrong'] }), (types) =>
    add('an infallible method that does not exist', { types }),
  );
  changeType(driver, seen, ({ lasting }) => lasting !== undefined, (one) => ({ ...one, lasting: ['wrong'] }), (types) =>
    add('a lasting method that does not exist', { types }),
  );
  changeType(driver, seen, ({ endedWhen }) => endedWhen !== undefined, (one) => ({ ...one, endedWhen: ['wrong'] }), (types) =>
    add('a state that does not exist', { types }),
  );
  changeType(driver, seen, () => true, (one) => ({ ...one, disposes: one.disposes === undefined ? { sync: 'release', async: 'release' } : {} }), (types) =>
    add('dispose symbols that are not those of the driver', { types }),
  );
  changeType(driver, seen, ({ releases }) => releases?.some(({ on }) => on !== 'handle') === true, (one) => ({
    ...one,
    releases: (one.releases ?? []).map((release) => ({ ...release, method: `${release.method}Wrong` })),
  }), (types) => add('a release that does not exist', { types }));
  return mutants;
}

/** The first element that fits is changed; nothing happens where none does. */
function change<T>(list: readonly T[], fits: (one: T) => boolean, to: (one: T) => T, use: (list: readonly T[]) => void): void {
  const index = list.findIndex(fits);
  const found = list[index];
  if (found !== undefined) use(list.with(index, to(found)));
}

function changeType(
  driver: Driver,
  seen: (type: string) => boolean,
  fits: (facts: TypeFacts) => boolean,
  to: (facts: TypeFacts) => TypeFacts,
  use: (types: Driver['types']) => void,
): void {
  const found = Object.entries(driver.types).find(([name, facts]) => seen(name) && fits(facts));
  if (found !== undefined) use({ ...driver.types, [found[0]]: to(found[1]) });
}

function isUnproved(driver: Driver, claim: string): boolean {
  return driver.unproved.some((one) => one.includes(`\`${claim}\``));
}
