import { describe, expect, it } from 'vitest';
import { drivers, mergeDrivers, RecordError, type Driver } from '../../packages/catalogue/src/index.ts';

const wrapper = {
  name: 'our-db',
  packages: [{ module: '#db' }],
  types: { Lease: { role: 'connection', releases: [{ on: 'resource', method: 'giveBack', settles: 'sync', twice: 'throws' }] } },
  acquires: [{ of: 'module', method: 'getClient', arrives: 'promise', gives: 'Lease' }],
};

function named(records: readonly Driver[], name: string): Driver {
  const record = records.find((one) => one.name === name);
  if (record === undefined) throw new Error(`no record ${name}`);
  return record;
}

function refusal(users: unknown): RecordError {
  try {
    mergeDrivers(drivers, users);
  } catch (error) {
    if (error instanceof RecordError) return error;
    throw error;
  }
  throw new Error('the record was accepted');
}

describe('merging', () => {
  it('leaves the catalogue as it is where the user has no records', () => {
    expect(mergeDrivers(drivers, undefined)).toBe(drivers);
    expect(mergeDrivers(drivers, [])).toEqual(drivers);
  });

  it('adds a record with a new name', () => {
    const merged = mergeDrivers(drivers, [wrapper]);
    expect(merged).toHaveLength(drivers.length + 1);
    expect(named(merged, 'our-db')).toMatchObject({ ...wrapper, makers: [], members: [], scopes: [] });
    expect(named(merged, 'our-db').unproved).not.toEqual([]);
  });

  it('adds to the arrays of a known record and keeps the rest', () => {
    const own = named(drivers, 'pg');
    const merged = named(
      mergeDrivers(drivers, [
        {
          name: 'pg',
          packages: [{ module: '@acme/pg' }],
          acquires: [{ of: 'Pool', method: 'lease', arrives: 'promise', gives: 'PoolClient' }],
        },
      ]),
      'pg',
    );
    expect(merged.packages).toEqual([...own.packages, { module: '@acme/pg' }]);
    expect(merged.acquires).toHaveLength(own.acquires.length + 1);
    expect(merged.types).toEqual(own.types);
  });

  it('puts an entry for the same acquire in the place of ours', () => {
    const own = named(drivers, 'tarn');
    const merged = named(
      mergeDrivers(drivers, [
        { name: 'tarn', acquires: [{ of: 'Pool', method: 'acquire', arrives: 'return', gives: 'Resource', property: 'value' }] },
      ]),
      'tarn',
    );
    expect(merged.acquires).toHaveLength(own.acquires.length);
    expect(merged.acquires[0]?.property).toBe('value');
  });

  it('merges a known type field by field', () => {
    const merged = named(mergeDrivers(drivers, [{ name: 'pg', types: { PoolClient: { operations: ['query', 'copy'] } } }]), 'pg');
    const own = named(drivers, 'pg');
    expect(merged.types.PoolClient).toEqual({ ...own.types.PoolClient, operations: ['query', 'copy'] });
  });

  it('lets a later record win over an earlier one', () => {
    const merged = mergeDrivers(drivers, [wrapper, { name: 'our-db', secrets: ['a'] }, { name: 'our-db', secrets: ['b'] }]);
    expect(named(merged, 'our-db').secrets).toEqual(['b']);
    expect(merged).toHaveLength(drivers.length + 1);
  });

  it('accepts every record of our own as a user\'s', () => {
    for (const driver of drivers) expect(named(mergeDrivers([], [driver]), driver.name)).toEqual(driver);
  });

  it('changes neither the catalogue nor the user\'s record', () => {
    const before = structuredClone(drivers);
    const users = [structuredClone(wrapper), { name: 'pg', secrets: ['x'] }];
    const copy = structuredClone(users);
    mergeDrivers(drivers, users);
    expect(drivers).toEqual(before);
    expect(users).toEqual(copy);
  });
});

describe('a wrong record', () => {
  const at = 'settings.lifeguard.drivers';
  const [acquire] = wrapper.acquires;
  const cases: readonly (readonly [title: string, users: unknown, path: string, words: readonly string[]])[] = [
    ['a list that is none', { name: 'x' }, at, ['an array of records']],
    ['a record that is none', ['pg'], `${at}[0]`, ['"pg"', 'a record']],
    ['a missing name', [{}], `${at}[0].name`, ['is missing']],
    ['a new record without types', [{ ...wrapper, types: undefined }], `${at}[0].types`, ['"our-db"']],
    ['a new record without packages', [{ ...wrapper, packages: undefined }], `${at}[0].packages`, ['is missing']],
    ['a new record without acquires', [{ ...wrapper, acquires: undefined }], `${at}[0].acquires`, ['is missing']],
    ['an unknown field', [{ ...wrapper, acquire: [] }], `${at}[0].acquire`, ['Did you mean `acquires`?']],
    [
      'an unknown field deep down',
      [wrapper, { ...wrapper, name: 'b', acquires: [acquire, { ...acquire, give: 'Lease' }] }],
      `${at}[1].acquires[1].give`,
      ['Did you mean `gives`?', '`proofOnly`'],
    ],
    [
      'a wrong word',
      [{ ...wrapper, acquires: [acquire, { ...acquire, arrives: 'promises' }] }],
      `${at}[0].acquires[1].arrives`,
      ['is "promises"', '"promise", "callback", "return", "receiver"', 'Did you mean `promise`?'],
    ],
    ['a wrong kind of value', [{ ...wrapper, secrets: 'password' }], `${at}[0].secrets`, ['an array of']],
    ['a function', [{ ...wrapper, name: () => 'x' }], `${at}[0].name`, ['is a function']],
    ['a role that is none', [{ ...wrapper, types: { A: { role: 'conection' } } }], `${at}[0].types.A.role`, ['Did you mean `connection`?']],
    ['a new type without a role', [{ name: 'pg', types: { A: {} } }], `${at}[0].types.A.role`, ['because the type is new']],
    [
      'an acquire of an unknown type',
      [{ ...wrapper, acquires: [{ ...acquire, gives: 'Lese' }] }],
      `${at}[0].acquires[0].gives`,
      ['is "Lese"', 'Did you mean `Lease`?'],
    ],
    ['a callback without positions', [{ ...wrapper, acquires: [{ ...acquire, arrives: 'callback' }] }], `${at}[0].acquires[0].callback`, ['is missing']],
    [
      'a lent type that nothing gives back',
      [{ ...wrapper, types: { Lease: { role: 'connection' } } }],
      `${at}[0].types.Lease.releases`,
      ['`acquires[0]` lends this type'],
    ],
    ['a module of another record', [{ ...wrapper, acquires: [{ ...acquire, modules: ['pg'] }] }], `${at}[0].acquires[0].modules[0]`, ['no module']],
    ['an argument that is none', [{ ...wrapper, types: { Lease: { role: 'connection', releases: [{ on: 'resource', method: 'x', settles: 'sync', twice: 'throws', argument: 'false' }] } } }], `${at}[0].types.Lease.releases[0].argument`, ['"true"']],
    ['a condition that is none', [{ ...wrapper, acquires: [{ ...acquire, when: 'always' }] }], `${at}[0].acquires[0].when`, ['"no-callback"']],
    ['a negative position', [{ ...wrapper, scopes: [{ of: 'module', method: 'x', callback: -2 }] }], `${at}[0].scopes[0].callback`, ['is -2']],
    ['a maker of an unknown type', [{ ...wrapper, makers: [{ export: 'a', how: 'new', gives: 'B' }] }], `${at}[0].makers[0].gives`, ['"B"']],
    ['a member of an unknown type', [{ ...wrapper, members: [{ of: 'B', name: 'a', how: 'get', gives: 'Lease' }] }], `${at}[0].members[0].of`, ['"B"']],
    ['a scope that lends an unknown type', [{ ...wrapper, scopes: [{ of: 'Lease', method: 'x', lends: 'B' }] }], `${at}[0].scopes[0].lends`, ['"B"']],
    ['a ping of an unknown type', [{ ...wrapper, pings: [{ of: 'B', method: 'x', settles: 'promise' }] }], `${at}[0].pings[0].of`, ['"B"']],
    ['gauges of an unknown type', [{ ...wrapper, gauges: [{ of: 'B' }] }], `${at}[0].gauges[0].of`, ['"B"']],
    ['a wait of an unknown maker', [{ ...wrapper, waits: [{ maker: 'B', argument: 0, defaultMs: null }] }], `${at}[0].waits[0].maker`, ['no maker']],
    ['a wait without a default', [{ ...wrapper, waits: [{ maker: 'B', argument: 0 }] }], `${at}[0].waits[0].defaultMs`, ['is missing', 'null']],
  ];

  it.each(cases)('with %s is refused by the name of its field', (_title, users, path, words) => {
    const error = refusal(users);
    expect(error.code).toBe('LIFEGUARD_BAD_RECORD');
    expect(error.path).toBe(path);
    expect(error.message.startsWith(`\`${path}\` `)).toBe(true);
    for (const word of words) expect(error.message).toContain(word);
  });

  it('names the place the caller gave', () => {
    expect(() => mergeDrivers(drivers, [{}], 'guard().drivers')).toThrow(/^`guard\(\)\.drivers\[0\]\.name` is missing/u);
  });
});
