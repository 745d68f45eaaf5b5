import { mkdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { originOf } from '../../packages/eslint-plugin/src/read/origin.ts';
import { writeProject, type Project } from '../rules/project.ts';
import { print, probe } from './program.ts';

const roots: string[] = [];

afterEach(() => {
  vi.useRealTimers();
  for (const root of roots.splice(0)) rmSync(root, { recursive: true });
});

/** What `probe(…)` is asked about in a file of a program. */
function originIn(files: Project, code: string, { name = 'src/main.ts', settings = {} } = {}): string {
  return originAt(write(files), code, name, settings);
}

function originAt(root: string, code: string, name = 'src/main.ts', settings = {}): string {
  return probe(code, { filename: join(root, name), settings }, (node, module) => print(originOf(node, module))).join('; ');
}

function write(files: Project): string {
  const root = writeProject(files);
  roots.push(root);
  return root;
}

/** Writes a file anew, as an editor does, and lets the time pass after which the disk is asked again. */
function change(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
  const laterMs = Date.now() + 5_000;
  utimesSync(path, new Date(laterMs), new Date(laterMs));
  vi.setSystemTime(laterMs);
}

const pool = `import { Pool } from 'pg';\nexport const pool = new Pool();`;
const client = `import { Client } from 'pg';\nexport const pool = new Client();`;
const config = (compilerOptions: object, more: object = {}): string => JSON.stringify({ compilerOptions, ...more });
const aliased = config({ paths: { '@/*': ['./src/*'] } });
const code = `import { pool } from '@/db';\nprobe(pool);`;
const followed = 'pg Pool, followed';

describe('an import under a name of the TypeScript configuration is followed', () => {
  it.each<readonly [title: string, files: Project, code: string]>([
    ['by `paths`', { 'tsconfig.json': aliased, 'src/db.ts': pool }, code],
    ['by `paths` from a `baseUrl`', { 'tsconfig.json': config({ baseUrl: './src', paths: { '@/*': ['*'] } }), 'src/db.ts': pool }, code],
    ['by a path without a star', { 'tsconfig.json': config({ paths: { database: ['./src/db.ts'] } }), 'src/db.ts': pool }, `import { pool } from 'database';\nprobe(pool);`],
    ['by `baseUrl` alone', { 'tsconfig.json': config({ baseUrl: '.' }), 'src/db.ts': pool }, `import { pool } from 'src/db';\nprobe(pool);`],
    ['by the second of two paths, where the first holds no such file', { 'tsconfig.json': config({ paths: { '@/*': ['./generated/*', './src/*'] } }), 'src/db.ts': pool }, code],
    ['by the longest of the names that fit', { 'tsconfig.json': config({ paths: { '@/*': ['./old/*'], '@/data/*': ['./src/*'] } }), 'src/db.ts': pool, 'old/data/db.ts': client }, `import { pool } from '@/data/db';\nprobe(pool);`],
    ['by the name of a package of the repository', { 'tsconfig.json': config({ paths: { '@acme/db': ['./packages/db/src/index.ts'] } }), 'packages/db/src/index.ts': pool }, `import { pool } from '@acme/db';\nprobe(pool);`],
    ['to a folder', { 'tsconfig.json': aliased, 'src/db/index.ts': pool }, code],
    ['to a file that is named as it is compiled', { 'tsconfig.json': aliased, 'src/db.ts': pool }, `import { pool } from '@/db.js';\nprobe(pool);`],
    ['that the configuration extends', { 'tsconfig.base.json': aliased, 'tsconfig.json': JSON.stringify({ extends: './tsconfig.base.json' }), 'src/db.ts': pool }, code],
    ['that the configuration extends from another folder, seen from there', { 'config/base.json': config({ paths: { '@/*': ['../src/*'] } }), 'tsconfig.json': JSON.stringify({ extends: './config/base.json' }), 'src/db.ts': pool }, code],
    ['that an installed configuration brings', { 'node_modules/@acme/tsconfig/tsconfig.json': config({ paths: { '@/*': ['../../../src/*'] } }), 'tsconfig.json': JSON.stringify({ extends: '@acme/tsconfig/tsconfig.json' }), 'src/db.ts': pool }, code],
    ['of the first configuration that is referred to and has any', { 'tsconfig.json': JSON.stringify({ files: [], references: [{ path: './tsconfig.node.json' }, { path: './tsconfig.app.json' }] }), 'tsconfig.node.json': config({ strict: true }), 'tsconfig.app.json': aliased, 'src/db.ts': pool }, code],
    ['of a folder that is referred to', { 'tsconfig.json': JSON.stringify({ files: [], references: [{ path: './app' }] }), 'app/tsconfig.json': config({ paths: { '@/*': ['../src/*'] } }), 'src/db.ts': pool }, code],
    ['of a configuration with comments', { 'tsconfig.json': `{\n  // Names of our own.\n  "compilerOptions": { "paths": { "@/*": ["./src/*"] }, },\n}`, 'src/db.ts': pool }, code],
    ['in a `require`', { 'tsconfig.json': aliased, 'src/db.ts': pool }, `const { pool } = require('@/db');\nprobe(pool);`],
    ['in a type', { 'tsconfig.json': aliased, 'src/deps.ts': `import type { Pool } from 'pg';\nexport interface Deps { pool: Pool }` }, `import type { Deps } from '@/deps';\nfunction f(deps: Deps) { probe(deps.pool); }`],
    ['of a field of a service', { 'tsconfig.json': aliased, 'src/db.ts': `import { Pool } from 'pg';\nexport class Db { readonly pool = new Pool(); }` }, `import { Db } from '@/db';\nclass Orders { constructor(private db: Db) {} list() { probe(this.db.pool); } }`],
    ['to a file that passes it on by another such name', { 'tsconfig.json': aliased, 'src/index.ts': `export { pool } from '@/db';`, 'src/db.ts': pool }, `import { pool } from '@/index';\nprobe(pool);`],
    ['to a file that passes all of it on', { 'tsconfig.json': aliased, 'src/index.ts': `export * from '@/db';`, 'src/db.ts': pool }, `import { pool } from './index';\nprobe(pool);`],
    ['to a file that imports it and exports it', { 'tsconfig.json': aliased, 'src/index.ts': `import { pool } from '@/db';\nexport { pool };`, 'src/db.ts': pool }, `import { pool } from '@/index';\nprobe(pool);`],
  ])('%s', (_title, files, program) => {
    expect(originIn(files, program)).toBe(followed);
  });

  it('in JavaScript, by a jsconfig.json', () => {
    const files = { 'jsconfig.json': aliased, 'src/db.js': pool };
    expect(originIn(files, code, { name: 'src/main.js' })).toBe(followed);
  });

  it('by the tsconfig.json where there is a jsconfig.json too', () => {
    const files = { 'tsconfig.json': aliased, 'jsconfig.json': config({ paths: { '@/*': ['./old/*'] } }), 'src/db.ts': pool, 'old/db.ts': client };
    expect(originIn(files, code)).toBe(followed);
  });

  it('as the nearest configuration says, of which each package has its own', () => {
    const files = {
      'tsconfig.json': config({ paths: { '@/*': ['./old/*'] } }),
      'old/db.ts': client,
      'packages/orders/tsconfig.json': aliased,
      'packages/orders/src/db.ts': pool,
    };
    expect(originIn(files, code, { name: 'packages/orders/src/main.ts' })).toBe(followed);
    expect(originIn(files, code, { name: 'packages/main.ts' })).toBe('pg Client, followed');
  });
});

describe('a name proves nothing', () => {
  it.each<readonly [title: string, files: Project]>([
    ['without a configuration', { 'src/db.ts': pool }],
    ['in a configuration that cannot be read', { 'tsconfig.json': '{ "compilerOptions": { "paths": ', 'src/db.ts': pool }],
    ['in a configuration that only extends what is not installed', { 'tsconfig.json': config({ strict: true }, { extends: '@acme/tsconfig' }), 'src/db.ts': pool }],
    ['that has two stars, in a configuration that extends what is not installed', { 'tsconfig.json': config({ paths: { '@/*/*': ['./src/*'] } }, { extends: '@acme/tsconfig' }), 'src/db.ts': pool }],
    ['in a configuration that extends itself', { 'tsconfig.json': config({ paths: { '@/*': ['./src/*'] } }, { extends: './tsconfig.json' }), 'src/db.ts': pool }],
    ['in configurations that refer to each other and have none', { 'tsconfig.json': JSON.stringify({ references: [{ path: './app' }] }), 'app/tsconfig.json': JSON.stringify({ references: [{ path: '..' }] }), 'src/db.ts': pool }],
    ['where the configuration has other names', { 'tsconfig.json': config({ paths: { '~/*': ['./src/*'] } }), 'src/db.ts': pool }],
    ['that leads to no file', { 'tsconfig.json': aliased, 'src/other.ts': pool }],
    ['of a configuration further up, behind one without any', { 'tsconfig.json': aliased, 'src/tsconfig.json': config({ strict: true }), 'src/db.ts': pool }],
    ['that has two stars', { 'tsconfig.json': config({ paths: { '@/*/*': ['./src/*'] } }), 'src/db.ts': pool }],
  ])('%s', (_title, files) => {
    expect(originIn(files, code)).not.toContain('Pool');
  });

  it('where no imports are to be followed', () => {
    expect(originIn({ 'tsconfig.json': aliased, 'src/db.ts': pool }, code, { settings: { followImports: false } })).not.toContain('Pool');
  });
});

describe('a package stays a package', () => {
  const made = `import { Pool } from 'pg';\nprobe(new Pool());`;

  it.each<readonly [title: string, files: Project]>([
    ['with a `baseUrl`', { 'tsconfig.json': config({ baseUrl: './src' }), 'src/db.ts': pool }],
    ['with a path for everything', { 'tsconfig.json': config({ paths: { '*': ['./types/*', './src/*'] } }), 'src/db.ts': pool }],
    ['where its types are written by hand', { 'tsconfig.json': config({ paths: { pg: ['./types/pg.d.ts'] } }), 'types/pg.d.ts': `export class Pool {}` }],
    ['where a file beside the program has its name', { 'tsconfig.json': config({ baseUrl: './src' }), 'src/pg.ts': `export class Pool {}` }],
  ])('%s', (_title, files) => {
    expect(originIn(files, made)).toBe('pg Pool');
  });

  it('where a path leads to what is installed, which is not read', () => {
    const files = { 'tsconfig.json': config({ paths: { '*': ['./node_modules/*', './src/*'] } }), 'node_modules/@acme/db/index.js': pool, 'src/db.ts': pool };
    expect(originIn(files, `import { pool } from '@acme/db';\nprobe(pool);`)).not.toContain('Pool');
    expect(originIn(files, `import { pool } from 'db';\nprobe(pool);`)).toBe(followed);
  });

  it('where a module of Node.js has the name of a file', () => {
    const files = { 'tsconfig.json': config({ baseUrl: './src' }), 'src/events.ts': pool };
    expect(originIn(files, `import { pool } from 'events';\nprobe(pool);`)).not.toContain('Pool');
  });
});

describe('what was found out is looked at again', () => {
  const files = { 'tsconfig.json': aliased, 'src/db.ts': pool, 'old/db.ts': client };
  const moved = config({ paths: { '@/*': ['./old/*'] } });

  it('when the configuration changes', () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    const root = write(files);
    expect(originAt(root, code)).toBe(followed);
    change(join(root, 'tsconfig.json'), moved);
    expect(originAt(root, code)).toBe('pg Client, followed');
  });

  it('when a configuration that it extends changes', () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    const root = write({ ...files, 'tsconfig.json': JSON.stringify({ extends: './base.json' }), 'base.json': aliased });
    expect(originAt(root, code)).toBe(followed);
    change(join(root, 'base.json'), moved);
    expect(originAt(root, code)).toBe('pg Client, followed');
  });

  it('when a configuration that it refers to changes', () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    const root = write({ ...files, 'tsconfig.json': JSON.stringify({ references: [{ path: './tsconfig.app.json' }] }), 'tsconfig.app.json': aliased });
    expect(originAt(root, code)).toBe(followed);
    change(join(root, 'tsconfig.app.json'), moved);
    expect(originAt(root, code)).toBe('pg Client, followed');
  });

  it('when a configuration that it extends is installed', () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    const root = write({ ...files, 'tsconfig.json': JSON.stringify({ extends: './base.json' }) });
    expect(originAt(root, code)).not.toContain('pg');
    change(join(root, 'base.json'), aliased);
    expect(originAt(root, code)).toBe(followed);
  });

  it('when a nearer configuration comes', () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    const root = write(files);
    expect(originAt(root, code)).toBe(followed);
    change(join(root, 'src/tsconfig.json'), config({ paths: { '@/*': ['../old/*'] } }));
    expect(originAt(root, code)).toBe('pg Client, followed');
  });

  it('when the configuration changes for a file that is only followed', () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    const root = write({ ...files, 'src/index.ts': `export { pool } from '@/db';` });
    const main = `import { pool } from './index';\nprobe(pool);`;
    expect(originAt(root, main)).toBe(followed);
    change(join(root, 'tsconfig.json'), moved);
    expect(originAt(root, main)).toBe('pg Client, followed');
  });
});
