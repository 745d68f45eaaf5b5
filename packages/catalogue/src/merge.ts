import type { Driver, TypeFacts } from './driver.ts';
import { RecordError } from './record-error.ts';
import { checkReferences } from './references.ts';
import type { Shape } from './shape.ts';
import { userDriver, type UserDriver } from './user-driver.ts';

/**
 * Lays users' records over ours.
 *
 * A record with a name of ours changes ours: `types` are merged by key and field by field;
 * `packages`, `makers`, `members`, `acquires` and `scopes` are added to ours, where an entry for the
 * same thing (the same module, export, member, or acquire of a method) takes the place of ours;
 * every other field that is given replaces ours. A record with a new name stands alone and needs at
 * least `packages`, `types` and `acquires`. Later records win over earlier ones.
 *
 * @param users - Anything: it is checked, and a {@link RecordError} names the first wrong field.
 * @param path - Where the records stand, for messages.
 */
export function mergeDrivers(
  own: readonly Driver[],
  users: unknown,
  path = 'settings.lifeguard.drivers',
): readonly Driver[] {
  if (users === undefined) return own;
  if (!Array.isArray(users)) throw new RecordError(path, 'is not an array', 'an array of records');
  const merged = [...own];
  const shape: Shape<UserDriver> = userDriver();
  users.forEach((user: unknown, index) => {
    const at = `${path}[${index}]`;
    shape.check(user, at);
    const place = merged.findIndex(({ name }) => name === user.name);
    const driver = layOver(merged[place], user, at);
    checkReferences(user, driver, at);
    if (place === -1) merged.push(driver);
    else merged[place] = driver;
  });
  return merged;
}

/** What a new record says where its author says nothing. */
const bare = {
  evidence: [],
  unproved: ['No test proves this record: it was written by the user.'],
};

function layOver(own: Driver | undefined, user: UserDriver, path: string): Driver {
  const { packages = own?.packages, types = own?.types, acquires = own?.acquires } = user;
  if (packages === undefined) throw missing(path, 'packages', user.name);
  if (types === undefined) throw missing(path, 'types', user.name);
  if (acquires === undefined) throw missing(path, 'acquires', user.name);
  return {
    ...(own ?? bare),
    ...user,
    packages: replaceSame(own?.packages, user.packages, (one) => one.module),
    types: { ...own?.types, ...mergeTypes(own, user, path) },
    makers: replaceSame(own?.makers, user.makers, (one) => join(one.export, one.how, one.modules)),
    members: replaceSame(own?.members, user.members, (one) => join(one.of, one.name, one.how)),
    acquires: replaceSame(own?.acquires, user.acquires, (one) =>
      join(one.of, one.method, one.arrives, one.when, one.then, one.modules),
    ),
    scopes: replaceSame(own?.scopes, user.scopes, (one) => join(one.of, one.method)),
  };
}

function missing(path: string, field: string, name: string): RecordError {
  return new RecordError(
    `${path}.${field}`,
    'is missing',
    `required, because no record of the catalogue has the name "${name}"`,
  );
}

function mergeTypes(own: Driver | undefined, user: UserDriver, path: string): Record<string, TypeFacts> {
  return Object.fromEntries(
    Object.entries(user.types ?? {}).map(([name, facts]) => {
      const known = own?.types[name];
      const role = facts.role ?? known?.role;
      if (role === undefined) {
        throw new RecordError(`${path}.types.${name}.role`, 'is missing', 'a role, because the type is new');
      }
      return [name, { ...known, ...facts, role }];
    }),
  );
}

function join(...parts: readonly (string | readonly string[] | undefined)[]): string {
  return JSON.stringify(parts.map((part) => part ?? null));
}

function replaceSame<T>(
  own: readonly T[] = [],
  users: readonly T[] = [],
  identityOf: (one: T) => string,
): readonly T[] {
  const given = new Map(users.map((one) => [identityOf(one), one]));
  const kept = own.map((one) => {
    const id = identityOf(one);
    const replacement = given.get(id);
    given.delete(id);
    return replacement ?? one;
  });
  return [...kept, ...given.values()];
}
