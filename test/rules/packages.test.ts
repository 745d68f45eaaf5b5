import { describe, it } from 'vitest';
import { expectMarked, type Project } from './project.ts';

const pool = `
import { Pool } from 'pg';
export const pool = new Pool();
`;

/** Never gives back what a pool lends that it imports. */
const leaks = (specifier: string): string => `
import { pool } from '${specifier}';
export async function count() {
  const client = await pool.connect(); // ✗ neverReleased
  return client.query('SELECT count(*) FROM orders');
}
`;

/** The same where nothing says what the name means. */
const unknown = (specifier: string): string => leaks(specifier).replace(/ \/\/ ✗ .*/u, '');

const json = (value: unknown): string => JSON.stringify(value);

describe('names of a package.json', () => {
  const files: Project = {
    'package.json': json({ imports: { '#pool': './src/pool.js', '#lib/*': { types: './types/*.d.ts', default: './src/*.js' }, '#pg': 'pg' } }),
    'src/pool.js': pool,
  };

  it('lead to files of the project', () => {
    expectMarked({ ...files, 'src/orders.js': leaks('#pool') });
    expectMarked({ ...files, 'src/orders/count.ts': leaks('#lib/pool') });
  });

  it('say nothing where they are not given, lead to a package, or belong to another package.json', () => {
    expectMarked({ ...files, 'src/orders.js': unknown('#pools') });
    expectMarked({ ...files, 'src/orders.js': unknown('#pg') });
    expectMarked({ ...files, 'src/orders.js': unknown('#lib/') });
    expectMarked({ ...files, 'packages/orders/package.json': '{}', 'packages/orders/src/orders.js': unknown('#pool') });
    expectMarked({ ...files, 'package.json': '{ "imports": ', 'src/orders.js': unknown('#pool') });
    expectMarked({ ...files, 'src/orders.js': unknown('#pool') }, { followImports: false });
  });
});

describe('a folder with a package.json', () => {
  const config = json({ compilerOptions: { baseUrl: '.', paths: { '~db': ['src/db'] } } });

  it('stands for the file that it names', () => {
    const files = { 'tsconfig.json': config, 'src/db/package.json': json({ main: 'lib/start.js' }), 'src/db/lib/start.ts': pool };
    expectMarked({ ...files, 'src/orders.ts': leaks('~db') });
    expectMarked({ ...files, 'src/orders.ts': leaks('./db') });
  });

  it('says nothing where that file is not there', () => {
    expectMarked({ 'tsconfig.json': config, 'src/db/package.json': json({ main: 'dist/start.js' }), 'src/db/lib/start.ts': pool, 'src/orders.ts': unknown('~db') });
  });
});

describe('a package of the workspace', () => {
  const files = (version: string, own: unknown): Project => ({
    'packages/api/package.json': json({ dependencies: { '@app/db': version } }),
    'packages/db/package.json': json(own),
    'packages/db/src/index.ts': pool,
  });
  const links = { 'packages/api/node_modules/@app/db': 'packages/db' };
  const orders = 'packages/api/src/orders.ts';

  it('is followed to its sources', () => {
    expectMarked({ ...files('workspace:*', { main: 'dist/index.js' }), [orders]: leaks('@app/db') }, {}, links);
    expectMarked({ ...files('*', { exports: { '.': { types: './src/index.ts', default: './dist/index.js' } } }), [orders]: leaks('@app/db') }, {}, { 'node_modules/@app/db': 'packages/db' });
    expectMarked({ ...files('file:../db', {}), [orders]: leaks('@app/db') }, {}, links);
  });

  it('says nothing where it is not linked, no dependency, or an installed one', () => {
    expectMarked({ ...files('workspace:*', {}), [orders]: unknown('@app/db') });
    expectMarked({ ...files('^1.0.0', {}), [orders]: unknown('@app/db') }, {}, links);
    expectMarked({ ...files('workspace:*', {}), [orders]: unknown('@app/other') }, {}, links);
    const installed = { 'node_modules/.store/db/package.json': '{ "main": "index.cjs" }', 'node_modules/.store/db/index.cjs': pool };
    expectMarked({ ...files('*', {}), ...installed, [orders]: unknown('@app/db') }, {}, { 'packages/api/node_modules/@app/db': 'node_modules/.store/db' });
  });
});

describe('a configuration that extends what is not installed', () => {
  const config = `{
  // Shared by all.
  "extends": "@acme/tsconfig/base.json",
  "compilerOptions": { "baseUrl": ".", "paths": { "@/*": ["src/*"], /* all */ }, },
}`;

  it('keeps its own paths', () => {
    expectMarked({ 'tsconfig.json': config, 'src/pool.ts': pool, 'src/orders.ts': leaks('@/pool') });
  });

  it('says nothing where it has none, or is no JSON', () => {
    expectMarked({ 'tsconfig.json': '{ "extends": "@acme/tsconfig/base.json" }', 'src/pool.ts': pool, 'src/orders.ts': unknown('@/pool') });
    expectMarked({ 'tsconfig.json': '{ "extends": "@acme/tsconfig/base.json", ', 'src/pool.ts': pool, 'src/orders.ts': unknown('@/pool') });
    expectMarked({ 'tsconfig.json': '{ "extends": "@acme/x", "compilerOptions": { "paths": [1], "baseUrl": 2 } }', 'src/pool.ts': pool, 'src/orders.ts': unknown('@/pool') });
  });
});
