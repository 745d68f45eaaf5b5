import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { createPool as createGenericPool } from 'generic-pool';
import mysql from 'mysql2';
import pg from 'pg';
import { Pool as TarnPool } from 'tarn';
import { afterEach, describe, expect, test } from 'vitest';
import * as lifeguard from '../../../packages/guard/dist/index.js';

const { guard, holders, LifeguardError, stats, unguard } = lifeguard;
const packages = join(import.meta.dirname, '../../../packages');

function codeOf(run: () => unknown): string {
  try {
    run();
  } catch (error) {
    if (error instanceof LifeguardError) return error.code;
    throw error;
  }
  return 'nothing was thrown';
}

describe('a pool that is guarded', () => {
  afterEach(() => {
    delete process.env['LIFEGUARD'];
  });

  test('is the same object, with the same class and the same keys', () => {
    const pool = new pg.Pool();
    const keys = Object.keys(pool);
    expect(guard(pool)).toBe(pool);
    expect(pool).toBeInstanceOf(pg.Pool);
    expect(Object.keys(pool)).toEqual(keys);
    expect([pool.connect.name, pool.connect.length]).toEqual(['connect', pg.Pool.prototype.connect.length]);
  });

  test('is guarded once, however often it is asked for', () => {
    const pool = guard(new pg.Pool(), { name: 'orders' });
    const { connect } = pool;
    expect(guard(pool, { name: 'orders' }).connect).toBe(connect);
    expect(codeOf(() => guard(pool, { name: 'others' }))).toBe('LIFEGUARD_ALREADY_GUARDED');
  });

  test('is guarded once by two copies of the package', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'lifeguard-copy-'));
    try {
      cpSync(join(packages, 'guard'), join(folder, 'guard'), { recursive: true, filter: (path) => !path.includes('node_modules') });
      mkdirSync(join(folder, 'node_modules/@lifeguard'), { recursive: true });
      symlinkSync(join(packages, 'catalogue'), join(folder, 'node_modules/@lifeguard/catalogue'));
      const copy = (await import(pathToFileURL(join(folder, 'guard/dist/index.js')).href)) as typeof lifeguard;
      expect(copy.guard).not.toBe(guard);
      const pool = guard(new pg.Pool(), { name: 'orders' });
      const { connect } = pool;
      expect(copy.guard(pool, { name: 'orders' }).connect).toBe(connect);
      expect(copy.stats(pool)).toEqual(stats(pool));
      copy.unguard(pool);
      expect(pool.connect).toBe(pg.Pool.prototype.connect);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  test('is restored to the last property', () => {
    const pool = new pg.Pool();
    // An emitter without listeners may have another empty object for them.
    const { _events, ...before } = Object.getOwnPropertyDescriptors(pool) as Record<string, unknown>;
    expect(_events).toBeDefined();
    unguard(guard(pool));
    expect(Object.getOwnPropertyDescriptors(pool)).toMatchObject(before);
    expect(Object.keys(Object.getOwnPropertyDescriptors(pool)).sort()).toEqual([...Object.keys(before), '_events'].sort());
    expect(Object.getOwnPropertySymbols(pool)).toEqual(Object.getOwnPropertySymbols(before));
    expect(pool.eventNames()).toEqual([]);
    expect(codeOf(() => stats(pool))).toBe('LIFEGUARD_NOT_GUARDED');
    expect(unguard(pool)).toBe(pool);
  });

  test('is passed through where somebody has wrapped it meanwhile', () => {
    const pool = guard(new pg.Pool({ max: 1 }), { name: 'orders' });
    const { connect } = pool;
    const traced = function traced(this: pg.Pool, ...args: unknown[]): unknown {
      return Reflect.apply(connect, this, args);
    };
    Reflect.set(pool, 'connect', traced);
    unguard(pool);
    expect(pool.connect).toBe(traced);
    expect(guard(pool, { name: 'again' })).toBe(pool);
    expect(holders(pool)).toEqual([]);
  });

  test('is left alone with LIFEGUARD=off in the environment', () => {
    process.env['LIFEGUARD'] = 'off';
    const pool = guard(new pg.Pool());
    expect(pool.connect).toBe(pg.Pool.prototype.connect);
  });

  test.each([
    ['pg', () => new pg.Pool(), { max: 10 }],
    ['mysql2', () => mysql.createPool({}), {}],
    ['mysql2', () => mysql.createPool({}).promise(), {}],
    ['generic-pool', () => createGenericPool({ create: () => Promise.resolve({}), destroy: () => Promise.resolve() }), {}],
    ['tarn', () => new TarnPool({ min: 0, max: 1, create: () => ({}), destroy: () => undefined }), {}],
  ])('is known for one of %s by what it can do', (driver, make, counts) => {
    const pool = guard(make());
    expect(stats(pool)).toMatchObject({ active: 0, idle: 0, waiting: 0, total: 0, ...counts });
    expect(stats(pool).pool).toMatch(new RegExp(`^${driver}(?:#\\d+)?$`, 'u'));
  });
});

describe('what is no pool is refused', () => {
  test('with what was seen, and how to describe it', () => {
    const run = (): unknown => guard({ borrow: () => undefined, giveBack: () => undefined });
    expect(codeOf(run)).toBe('LIFEGUARD_UNKNOWN_POOL');
    expect(run).toThrow(/class Object with borrow, giveBack\..*drivers: \[record\].*https:\/\/lifeguard\.dev\/errors#lifeguard_unknown_pool/su);
  });

  test.each([new Map(), new pg.Client(), []])('be it %s', (value) => {
    expect(codeOf(() => guard(value))).toBe('LIFEGUARD_UNKNOWN_POOL');
  });

  test('unless a record of the user describes it', async () => {
    const log: unknown[] = [];
    const pool = guard(
      { borrow: () => Promise.resolve({ ask: () => 1 }), giveBack: (given: unknown) => void log.push(given) },
      {
        name: 'homemade',
        drivers: [
          {
            name: 'homemade',
            packages: [{ module: 'homemade' }],
            types: {
              Shop: { role: 'pool' },
              Thing: { role: 'connection', releases: [{ on: 'owner', method: 'giveBack', settles: 'sync', twice: 'corrupts' }], operations: ['ask'] },
            },
            acquires: [{ of: 'Shop', method: 'borrow', arrives: 'promise', gives: 'Thing' }],
          },
        ],
      },
    );
    const thing = await pool.borrow();
    expect(thing.ask()).toBe(1);
    expect(holders(pool)).toHaveLength(1);
    pool.giveBack(thing);
    expect(log).toHaveLength(1);
    expect(log[0]).not.toBe(thing);
    expect(holders(pool)).toEqual([]);
    pool.giveBack(thing);
    expect(log).toHaveLength(1);
    await expect(Promise.resolve(thing.ask())).rejects.toMatchObject({ code: 'LIFEGUARD_STALE_HANDLE' });
  });
});
