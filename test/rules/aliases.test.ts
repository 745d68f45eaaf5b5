import { describe, it } from 'vitest';
import { expectMarked } from './project.ts';

const config = JSON.stringify({ compilerOptions: { baseUrl: '.', paths: { '@/*': ['src/*'] } } });

const pool = `
import { Pool } from 'pg';
export const pool = new Pool();
`;

const wrapper = `
import { pool } from '@/pool';
export async function getClient() {
  return pool.connect();
}
`;

/** Takes a client, works with it and gives it back behind the work. */
const gap = (imports: string, lends: string): string => `
${imports}
export async function count() {
  const client = await ${lends}; // ✗ notReleasedOnThrow
  const { rows } = await client.query('SELECT count(*) FROM orders');
  client.release();
  return rows;
}
`;

const noRelease = (imports: string, lends: string): string => `
${imports}
export async function count() {
  const client = await ${lends}; // ✗ neverReleased
  return client.query('SELECT count(*) FROM orders');
}
`;

/** The same in `try` and `finally`. */
const mended = (imports: string, lends: string): string => `
${imports}
export async function count() {
  const client = await ${lends};
  try {
    return await client.query('SELECT count(*) FROM orders');
  } finally {
    client.release();
  }
}
`;

describe.each([
  ['TypeScript', 'ts', 'tsconfig.json'],
  ['JavaScript', 'js', 'jsconfig.json'],
])('in %s, under a name of the configuration', (_language, ext, name) => {
  const base = { [name]: config, [`src/pool.${ext}`]: pool, [`src/client.${ext}`]: wrapper };
  const barrel = { ...base, [`src/index.${ext}`]: `export { getClient } from '@/client';\nexport * from '@/pool';\n` };
  const orders = `src/orders/count.${ext}`;

  it('a pool is imported, and what it lends is owed', () => {
    expectMarked({ ...base, [orders]: gap(`import { pool } from '@/pool';`, 'pool.connect()') });
    expectMarked({ ...base, [orders]: noRelease(`import { pool } from '@/pool';`, 'pool.connect()') });
    expectMarked({ ...base, [orders]: mended(`import { pool } from '@/pool';`, 'pool.connect()') });
  });

  it('a wrapper is imported, and what it lends is owed', () => {
    expectMarked({ ...base, [orders]: gap(`import { getClient } from '@/client';`, 'getClient()') });
    expectMarked({ ...base, [orders]: noRelease(`import { getClient } from '@/client';`, 'getClient()') });
    expectMarked({ ...base, [orders]: mended(`import { getClient } from '@/client';`, 'getClient()') });
  });

  it('a wrapper is imported under another name, or as a part of all', () => {
    expectMarked({ ...base, [orders]: gap(`import { getClient as lease } from '@/client';`, 'lease()') });
    expectMarked({ ...base, [orders]: gap(`import * as database from '@/client';`, 'database.getClient()') });
    expectMarked({ ...base, [orders]: mended(`import * as database from '@/client';`, 'database.getClient()') });
  });

  it('both are imported through a file that only passes them on', () => {
    expectMarked({ ...barrel, [orders]: gap(`import { getClient } from '@/index';`, 'getClient()') });
    expectMarked({ ...barrel, [orders]: gap(`import { pool } from '@/index';`, 'pool.connect()') });
    const both = { ...barrel, [`src/client.${ext}`]: `${pool}export const getClient = () => pool.connect();\n` };
    expectMarked({ ...both, [orders]: noRelease(`import { getClient } from '@/index';`, 'getClient()') });
    expectMarked({ ...both, [orders]: noRelease(`import { getClient } from '../index';`, 'getClient()') });
    expectMarked({ ...barrel, [orders]: mended(`import { getClient } from '@/index';`, 'getClient()') });
  });

  it('nothing is owed where nobody says what the name means, or follows it', () => {
    const unmarked = (text: string): string => text.replaceAll(/ \/\/ ✗ \w+/gu, '');
    const program = unmarked(noRelease(`import { getClient } from '@/client';`, 'getClient()'));
    expectMarked({ ...base, [name]: '{}', [orders]: program });
    expectMarked({ ...base, [orders]: program }, { followImports: false });
    expectMarked({ ...base, [`src/client.${ext}`]: `export async function getClient() { return fetchClient(); }`, [orders]: program });
  });
});

describe('a package under a name of the configuration', () => {
  const files = { 'tsconfig.json': JSON.stringify({ compilerOptions: { paths: { pg: ['./types/pg.d.ts'], '*': ['./src/*'] } } }), 'types/pg.d.ts': 'export class Pool { connect(): Promise<unknown>; }' };

  it('stays the package of its driver', () => {
    expectMarked({ ...files, 'src/pool.ts': pool, 'src/orders.ts': gap(`import { pool } from 'pool';`, 'pool.connect()') });
    expectMarked({ ...files, 'src/orders.ts': gap(`import { Pool } from 'pg';\nconst pool = new Pool();`, 'pool.connect()') });
  });

  it('is described by a record of the settings, which is believed', () => {
    const drivers = [{
      name: 'acme', packages: [{ module: '@acme/depot' }],
      types: { Depot: { role: 'pool', ends: ['shutDown'] }, Lease: { role: 'connection', releases: [{ on: 'resource', method: 'giveBack', settles: 'sync', twice: 'throws' }], operations: ['run'] } },
      makers: [{ export: 'openDepot', how: 'call', gives: 'Depot' }],
      acquires: [{ of: 'Depot', method: 'borrow', arrives: 'promise', gives: 'Lease' }],
    }];
    const program = `
import { openDepot } from '@acme/depot';
const depot = openDepot();
export async function count() {
  const lease = await depot.borrow(); // ✗ neverReleased
  return lease.run('SELECT count(*) FROM orders');
}
`;
    const config = JSON.stringify({ compilerOptions: { paths: { '@acme/*': ['./packages/*/src'] } } });
    expectMarked({ 'tsconfig.json': config, 'packages/depot/src/index.ts': 'export function openDepot() { return registry.depot; }', 'src/orders.ts': program }, { drivers });
  });
});
