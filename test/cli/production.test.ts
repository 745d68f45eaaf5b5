import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { ESLint } from 'eslint';
import * as typescriptParser from '@typescript-eslint/parser';
import ts from 'typescript';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { check, report } from '../../packages/cli/dist/index.js';
import plugin from '../../packages/eslint-plugin/dist/index.js';
import { startPostgres, type PostgresServer } from '../servers/postgres.ts';

const source = `import pg from 'pg';
import { guard, scope, subscribe } from '@lifeguard/guard';
import { reportFile } from '@lifeguard/guard/report-file';

interface Order { readonly id: number }
const pool = guard(new pg.Pool({ max: 4 }), { name: 'orders', scopeGraceMs: 1, stacks: 'full' });
reportFile(process.argv[2] ?? '');

async function find(id: number): Promise<Order | undefined> {
  const client = await pool.connect();
  const { rows } = await client.query('SELECT 1 / $1::int AS id', [id]);
  client.release();
  return rows[0] as Order | undefined;
}

async function list(): Promise<readonly Order[]> {
  const client = await pool.connect();
  const { rows } = await client.query('SELECT 1 AS id');
  client.release();
  return rows as Order[];
}

export async function archive(): Promise<void> {
  const client = await pool.connect();
  await client.query('SELECT 2');
  client.release();
}

const told = new Promise((resolve) => subscribe(resolve, ['leaked']));
for (let round = 0; round < 3; round += 1) await list();
await scope('GET /orders', async () => find(1));
await scope('GET /orders', async () => find(0).catch(() => undefined));
await told;
process.exit();
`;
const lineOf = (name: string): number => source.split('\n').findIndex((line) => line.includes(`function ${name}(`)) + 2;
const from = (name: string): string => realpathSync(fileURLToPath(new URL(`../../${name}`, import.meta.url)));

let server: PostgresServer;
let folder = '';

beforeAll(async () => {
  server = await startPostgres();
  folder = realpathSync(mkdtempSync(path.join(tmpdir(), 'lifeguard-production-')));
  for (const name of ['dist', 'src', 'node_modules/@lifeguard']) mkdirSync(path.join(folder, name), { recursive: true });
  symlinkSync(from('packages/guard'), path.join(folder, 'node_modules/@lifeguard/guard'), 'junction');
  symlinkSync(from('node_modules/pg'), path.join(folder, 'node_modules/pg'), 'junction');
  const { outputText, sourceMapText = '' } = ts.transpileModule(source, {
    fileName: '../src/orders.ts',
    compilerOptions: { module: ts.ModuleKind.ESNext, target: ts.ScriptTarget.ES2022, sourceMap: true, inlineSources: true },
  });
  writeFileSync(path.join(folder, 'package.json'), '{ "type": "module" }');
  writeFileSync(path.join(folder, 'dist/orders.js'), `// A line of the compiler's own.\n${outputText}`.replace('orders.js.map', 'orders.map'));
  const map = JSON.parse(sourceMapText) as { mappings: string };
  writeFileSync(path.join(folder, 'dist/orders.map'), JSON.stringify({ ...map, mappings: `;${map.mappings}`, sources: ['../src/orders.ts'] }));
});
afterAll(async () => {
  await server.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** Runs the compiled program, whose source is not there. */
async function run(name: string): Promise<void> {
  const { host, port, user, password, database } = server;
  const env = { ...process.env, PGHOST: host, PGPORT: String(port), PGUSER: user, PGPASSWORD: password, PGDATABASE: database };
  const child = fork(path.join(folder, 'dist/orders.js'), [path.join(folder, 'reports', name)], { cwd: folder, env });
  const ended: readonly unknown[] = await once(child, 'exit');
  expect(ended[0]).toBe(0);
}

async function lint(): Promise<readonly string[]> {
  const eslint = new ESLint({
    cwd: folder,
    overrideConfigFile: true,
    overrideConfig: [
      { files: ['**/*.ts'], languageOptions: { parser: typescriptParser } },
      {
        plugins: { lifeguard: plugin },
        rules: { 'lifeguard/runtime-leak': 'error' },
        settings: { lifeguard: { reports: 'reports' } },
      },
    ],
  });
  const [result] = await eslint.lintFiles('src/orders.ts');
  return (result?.messages ?? []).map(({ line, message }) => `${line}: ${message.replace(/held up to \d+ (?:ms|s)/u, 'held up to … s')}`);
}

test('what leaks on a real server is found again at its line: by the report, in the editor, and as a confirmation', async () => {
  await Promise.all([run('one.jsonl'), run('other.jsonl')]);
  writeFileSync(path.join(folder, 'src/orders.ts'), source);

  const { sites, records, problems } = report({ paths: ['reports'], cwd: folder });
  expect(problems).toEqual([]);
  expect(records).toBeGreaterThan(5);
  const [site, ...others] = sites;
  expect(others).toEqual([]);
  expect(site).toMatchObject({ state: 'same', file: path.join(folder, 'src/orders.ts'), place: { line: lineOf('find'), column: 24 } });
  expect(site?.tally).toMatchObject({
    leaks: 2, withdrawn: 0, checkouts: 2, fingerprint: 'SELECT ? / $1::int AS id',
    site: { file: 'src/orders.ts', line: lineOf('find'), column: 29, function: 'find', lineHash: expect.stringMatching(/^[\da-f]{16}$/u) as string },
  });
  expect(site?.tally.processes.size).toBe(2);
  expect(site?.tally.scopes.names()).toEqual(['GET /orders']);

  const day = new Date(site?.tally.firstLeakMs ?? 0).toISOString().slice(0, 10);
  const message = `\`client\` leaked 2 times in production since ${day}, held up to … s.`;
  expect(await lint()).toEqual([`${lineOf('find')}: ${message}`]);

  const { files } = await check({ paths: ['src'], cwd: folder, reports: ['reports'], concurrency: 'off' });
  const said = files.flatMap(({ findings }) => findings.map(({ line, rule, runtime }) => [line, rule, runtime?.says.replace(/ since .*/u, '')]));
  expect(said).toEqual([
    [lineOf('find'), 'lifeguard/require-release-on-throw', 'confirmed at run time: leaked 2 times'],
    [lineOf('find'), 'lifeguard/runtime-leak', undefined],
    [lineOf('list'), 'lifeguard/require-release-on-throw', 'never seen leaking in 6 checkouts'],
    [lineOf('archive'), 'lifeguard/require-release-on-throw', 'never run'],
  ]);

  writeFileSync(path.join(folder, 'src/orders.ts'), `// new\n${source}`);
  expect(await lint()).toEqual([`${lineOf('find') + 1}: ${message}`]);
  expect(report({ paths: ['reports'], cwd: folder }).sites).toMatchObject([{ state: 'moved', place: { line: lineOf('find') + 1 } }]);

  writeFileSync(path.join(folder, 'src/orders.ts'), source.replaceAll('pool.connect()', 'pool.connect({})'));
  expect(await lint()).toEqual([]);
  expect(report({ paths: ['reports'], cwd: folder }).sites).toMatchObject([{ state: 'gone' }]);
});
