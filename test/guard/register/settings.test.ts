import { describe, expect, test } from 'vitest';
import { drivers } from '../../../packages/catalogue/src/index.ts';
import type { LifeguardError } from '../../../packages/guard/src/errors.ts';
import { readOptions } from '../../../packages/guard/src/options.ts';
import { addressOf, nameFrom } from '../../../packages/guard/src/register/address.ts';
import { wrapped } from '../../../packages/guard/src/register/esm-source.ts';
import { installedOf, knownMakers } from '../../../packages/guard/src/register/packages.ts';
import { readVariables, variables, type Variables } from '../../../packages/guard/src/register/variables.ts';

/** Whose pools are not guarded as they are made, and why. */
const left: Readonly<Record<string, string>> = {
  cassandra: 'lends nothing',
  drizzle: 'stands on the pool of another driver',
  kysely: 'stands on the pool of another driver',
  mssql: 'keeps a pool of tarn, which is guarded',
  oracledb: 'no test of the guard has a server',
  postgres: 'no test of the guard',
  prisma: 'lends nothing',
  redis: 'no test of the guard',
  slonik: 'no test of the guard',
  typeorm: 'stands on the pool of another driver',
};

describe('the modules whose pools are guarded as they are made', () => {
  test('are those that the catalogue says make pools, but for the drivers that are left out', () => {
    const said = drivers.filter(({ name }) => left[name] === undefined).flatMap(({ packages, makers, types }) =>
      packages.flatMap(({ module }) => {
        const own = makers.filter(({ gives, how, modules }) => types[gives]?.role === 'pool' && ['new', 'call'].includes(how) && (modules ?? [module]).includes(module));
        return own.length === 0 ? [] : [[module, own.map((maker) => maker.export)] as const];
      }));
    expect(knownMakers()).toEqual(Object.fromEntries(said));
  });

  test('are left out only where there is such a driver', () => {
    const names = drivers.map(({ name }) => name);
    expect(Object.keys(left).filter((name) => !names.includes(name))).toEqual([]);
  });

  test.each([
    ['/app/node_modules/pg/lib/index.js', 'pg', '/app/node_modules/pg/'],
    ['/app/node_modules/shop/node_modules/pg/lib/index.js', 'pg', '/app/node_modules/shop/node_modules/pg/'],
    ['/app/node_modules/.pnpm/pg@8.23.1/node_modules/pg/lib/index.js', 'pg', '/app/node_modules/.pnpm/pg@8.23.1/node_modules/pg/'],
  ])('are found in whichever copy of a package: %s', (file, name, root) => {
    expect(installedOf(file, '/')).toEqual({ name, root });
  });

  test.each(['/app/pg/lib/index.js', '/app/node_modules/pg-protocol/index.js', '/app/node_modules/pg/node_modules/other/index.js', '/app/node_modules/@shop/pg/index.js', '/app/node_modules/pg'])(
    'are not found in %s',
    (file) => expect(installedOf(file, '/')).toBeUndefined(),
  );
});

describe('a variable of the environment', () => {
  const read = (environment: NodeJS.ProcessEnv): { readonly said: Variables; readonly warnings: readonly string[] } => {
    const warnings: string[] = [];
    return { said: readVariables(environment, ({ code, message }: LifeguardError) => warnings.push(`${code}: ${message}`)), warnings };
  };

  test('gives an option its value', () => {
    const { said, warnings } = read({
      LIFEGUARD: 'on', LIFEGUARD_IDLE_LIMIT_MS: ' 250 ', LIFEGUARD_HOLD_LIMIT_MS: 'off', LIFEGUARD_STACKS: 'off', LIFEGUARD_PRINT_ON_SIGNAL: 'SIGUSR2',
      LIFEGUARD_RECLAIM: 'destroy', LIFEGUARD_PING: 'Off', LIFEGUARD_LOG: '0', LIFEGUARD_REPORT_FILE: 'leaks.jsonl', LIFEGUARD_DRAIN_MS: '', PATH: '/bin',
    });
    expect(said).toEqual({
      options: { idleLimitMs: 250, holdLimitMs: false, stacks: 'off', printOnSignal: 'SIGUSR2', reclaim: 'destroy', ping: false },
      log: false,
      reportFile: 'leaks.jsonl',
    });
    expect(warnings).toEqual([]);
    expect(() => readOptions(said.options)).not.toThrow();
  });

  test('gives a part of an option its value, and leaves the rest', () => {
    const { said } = read({ LIFEGUARD_RECLAIM: 'destroy', LIFEGUARD_RECLAIM_HELD: 'off', LIFEGUARD_RECLAIM_ONLY_WHEN_EXHAUSTED: 'true', LIFEGUARD_PING_AFTER_IDLE_MS: '0' });
    expect(readOptions(said.options)).toMatchObject({
      reclaim: { collected: 'destroy', scopeEnded: 'destroy', idle: 'destroy', held: 'off', onlyWhenExhausted: true },
      ping: { afterIdleMs: 0, timeoutMs: 1000 },
    });
  });

  test('that does not exist is told with the nearest that does, and ignored', () => {
    const { said, warnings } = read({ LIFEGUARD_IDLE_LIMTI_MS: '5', LIFEGUARD_XYZ: '1' });
    expect(said).toEqual({ options: {} });
    expect(warnings).toEqual([
      expect.stringContaining('LIFEGUARD_BAD_VARIABLE: `LIFEGUARD_IDLE_LIMTI_MS` is no variable of Lifeguard; did you mean `LIFEGUARD_IDLE_LIMIT_MS`?'),
      expect.stringContaining('LIFEGUARD_BAD_VARIABLE: `LIFEGUARD_XYZ` is no variable of Lifeguard.'),
    ]);
  });

  test.each([['LIFEGUARD_RECLAIM', 'destory'], ['LIFEGUARD_IDLE_LIMIT_MS', '30s'], ['LIFEGUARD_IDLE_LIMIT_MS', '0'], ['LIFEGUARD_DRAIN_MS', '-1'], ['LIFEGUARD_LOG', 'maybe']])(
    'that is wrong is told with what is legal, and ignored: %s=%s',
    (name, value) => {
      const { said, warnings } = read({ [name]: value });
      expect(said).toEqual({ options: {} });
      expect(warnings).toEqual([expect.stringContaining(`\`${name}\` is '${value}'; legal: ${variables[name]?.legal.words}.`)]);
    },
  );
});

describe('the name of a pool', () => {
  const named = (driver: string, ...args: readonly unknown[]): string => nameFrom(driver, addressOf({ value: {}, driver, args }));

  test.each([
    ['mysql2', 'mysql2', []],
    ['mysql2:shop@db', 'mysql2', [{ host: 'db', database: 'shop', password: 'hush' }]],
    ['mysql2:shop@db', 'mysql2', ['mysql://me:hush@db:3306/shop?ssl=true']],
    ['mysql2:@db', 'mysql2', [{ uri: 'mysql://db' }]],
    ['knex:shop@db', 'knex', [{ client: 'pg', connection: { host: 'db', database: 'shop' } }]],
    ['knex:shop@db', 'knex', [{ client: 'pg', connection: 'postgres://me:hush@db/shop' }]],
    ['sequelize:@db', 'sequelize', ['shop', 'me', 'hush', { host: 'db' }]],
  ])('is %s', (name, driver, args) => expect(named(driver, ...args)).toBe(name));

  test.each(['postgres://me:aaa/bbb@db/shop', 'postgres://me:aaa@bbb@db/shop', 'postgres://me:1/bbb@db', 'postgres://me:aaa?bbb@db/shop', 'postgres://me:1#bbb@db', 'host=db password=aaa', 'postgres://db/shop password=aaa'])(
    'has no part of the password of a connection string that may be misspelt: %s',
    (connectionString) => expect(named('mysql2', { connectionString, password: 'aaa' })).not.toMatch(/aaa|bbb/u),
  );

  test('is taken from what the pool made of its options too', () => {
    const value = { config: { host: 'db', database: 'shop', password: 'hush' } };
    expect(nameFrom('sequelize', addressOf({ value, driver: 'sequelize', args: ['shop', 'me', 'hush'] }))).toBe('sequelize:shop@db');
  });
});

describe('a module that is written as ESM', () => {
  const url = new URL('../../../node_modules/mariadb/promise.js', import.meta.url).href;

  test('is left as it is where it makes no pool', () => {
    for (const [at, format] of [[url.replace('promise', 'lib/pool'), 'module'], ['file:///app/promise.js', 'module'], [url, 'commonjs'], ['node:fs', 'builtin']]) {
      const loaded = { format, source: 'export function createPool() {}' };
      expect(wrapped(at ?? '', loaded)).toBe(loaded);
    }
  });

  test('hands over what its makers make, and runs on where one cannot be replaced', async () => {
    const source = 'export function createPool() { return 1; }\nexport const createPoolCluster = () => 2;\nexport default {\n  createPool\n};\n';
    const key = Symbol.for('@lifeguard/guard.wrap');
    const seen: unknown[] = [];
    Reflect.set(globalThis, key, (module: string, name: string | undefined, value: unknown) => {
      seen.push([module, name]);
      return typeof value === 'function' ? () => 3 : value;
    });
    try {
      const { source: text } = wrapped(url, { format: 'module', source: new TextEncoder().encode(source) });
      const made = await import(`data:text/javascript,${encodeURIComponent(String(text))}`) as { createPool(): number; createPoolCluster(): number; default: object };
      expect([made.createPool(), made.createPoolCluster(), Object.keys(made.default)]).toEqual([3, 2, ['createPool']]);
      expect(seen).toEqual([['mariadb', 'createPool'], ['mariadb', 'createPoolCluster'], ['mariadb', undefined]]);
    } finally {
      Reflect.deleteProperty(globalThis, key);
    }
  });
});
