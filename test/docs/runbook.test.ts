import { fork } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, mkdirSync, openSync, readFileSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { absolute } from '../generate/generate.ts';
import { startPostgres, type PostgresServer } from '../servers/postgres.ts';
import { startProxy } from '../servers/proxy.ts';
import { readPage } from './page.ts';
import { writeProject } from './project.ts';

const path = 'docs/runbook.md';
const page = readPage(path);
const programs = page.samples.filter(({ language }) => language === 'js');
const shown = new Map(page.samples.flatMap(({ language, file, code }) => (language === 'text' && file !== undefined ? [[file, code]] : [])));

let server: PostgresServer;
beforeAll(async () => {
  server = await startPostgres();
});
afterAll(() => server.stop());

/** The night is the test's: the program asks for it, and goes on when nothing passes any more. */
const night = `import { once } from 'node:events';
export async function night() {
  process.send('night');
  await once(process, 'message');
  process.channel.unref();
}
`;

async function run(file: string, code: string): Promise<string> {
  await using proxy = await startProxy(server);
  const cwd = writeProject(`runbook-${file}`, { [file]: code, 'night.js': night });
  for (const name of ['@lifeguard/guard', 'pg', 'express']) {
    const to = join(cwd, 'node_modules', name);
    mkdirSync(dirname(to), { recursive: true });
    symlinkSync(absolute(name === '@lifeguard/guard' ? 'packages/guard' : `node_modules/${name}`), to, 'junction');
  }
  const { host, port } = proxy;
  const env = { ...process.env, PGHOST: host, PGPORT: String(port), PGUSER: server.user, PGPASSWORD: server.password, PGDATABASE: server.database, NO_COLOR: '1' };
  // One file, so that what comes from both streams stands in its order.
  const log = openSync(join(cwd, 'output.txt'), 'w');
  const child = fork(join(cwd, file), { cwd, env, stdio: ['ignore', log, log, 'ipc'] });
  closeSync(log);
  child.on('message', () => {
    for (const link of proxy.links) link.set('stall');
    child.send('fell');
  });
  const [status]: unknown[] = await once(child, 'close');
  const output = readFileSync(join(cwd, 'output.txt'), 'utf8');
  expect([status, output]).toEqual([0, output]);
  return `${output.replaceAll(`${cwd}/`, '').trimEnd()}\n`;
}

/** What differs from run to run: how long something took. */
function steady(text: string): string {
  return text.replaceAll(/\b\d+(?:\.\d+)? (m?s)\b/gu, '… $1').replaceAll(/ +/gu, ' ').replaceAll(/─+/gu, '─');
}

describe('the programs of the runbook', () => {
  it('print what the page shows; `pnpm generate` writes it anew', async () => {
    let text = page.text;
    for (const { file = '', code } of programs) {
      const output = await run(file, code);
      const before = shown.get(file) ?? '';
      if (steady(output) !== steady(before)) text = text.replace(`\`\`\`text ${file}\n${before.trim() === '' ? '' : before}\`\`\``, () => `\`\`\`text ${file}\n${output}\`\`\``);
    }
    await expect(text).toMatchFileSnapshot(absolute(path));
  });

  it('are all shown with what they print', () => {
    expect(programs.map(({ file }) => file)).toEqual([...shown.keys()]);
    for (const output of shown.values()) expect(output.trim()).not.toBe('');
  });

  it('show no secret', () => {
    expect(page.text).not.toContain(server.password);
  });
});
