import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll } from 'vitest';

const bin = fileURLToPath(new URL('../../packages/cli/dist/bin.js', import.meta.url));

/** What a run of the command line left behind. */
export interface Run {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs `lifeguard` in a folder and waits for its end. */
export function lifeguard(
  cwd: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<Run> {
  return new Promise((resolve, reject) => {
    const inherited = { ...process.env };
    delete inherited['FORCE_COLOR'];
    delete inherited['NO_COLOR'];
    const child = spawn(process.execPath, [bin, ...args], { cwd, env: { ...inherited, ...env } });
    let stdout = '';
    let stderr = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
    child.on('error', reject);
    child.on('close', (code) => {
      resolve({ code, stdout, stderr });
    });
  });
}

const made: string[] = [];
afterAll(() => {
  for (const folder of made.splice(0)) rmSync(folder, { recursive: true, force: true });
});

/** Writes files into a new folder, which is gone after the tests of the file, and returns it. */
export function project(files: Readonly<Record<string, string>>): string {
  const folder = realpathSync(mkdtempSync(path.join(tmpdir(), 'lifeguard-cli-')));
  made.push(folder);
  for (const [name, text] of Object.entries(files)) {
    const target = path.join(folder, name);
    mkdirSync(path.dirname(target), { recursive: true });
    writeFileSync(target, text);
  }
  return folder;
}

/** Leaks the client if the query on line 6 throws. */
export const leaky = `import { Pool } from 'pg';
const pool = new Pool({ connectionTimeoutMillis: 1000 });
pool.on('error', () => {});
export async function now() {
  const client = await pool.connect();
  await client.query('SELECT now()');
  client.release();
}
`;

/** Gives its client back whatever happens. */
export const clean = `import { Pool } from 'pg';
const pool = new Pool({ connectionTimeoutMillis: 1000 });
pool.on('error', () => {});
export async function now() {
  const client = await pool.connect();
  try {
    return await client.query('SELECT now()');
  } finally {
    client.release();
  }
}
`;

/** What `--format json` prints, as far as the tests read it. */
export interface JsonReport {
  readonly findings: readonly {
    readonly file: string;
    readonly rule: string;
    readonly line: number;
    readonly steps: readonly { readonly line: number; readonly says: string }[];
  }[];
  readonly suppressed: readonly { readonly by: string }[];
  readonly checked: number;
}

/** Runs a check and reads its JSON report. */
export async function report(
  cwd: string,
  args: readonly string[],
): Promise<Run & { readonly json: JsonReport }> {
  const run = await lifeguard(cwd, ['check', ...args, '--format', 'json']);
  return { ...run, json: JSON.parse(run.stdout) as JsonReport };
}
