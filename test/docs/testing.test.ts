import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { absolute } from '../generate/generate.ts';
import { removeSuites, run, writeSuite, type Ended } from '../guard/runners/run.ts';
import { startPostgres, type PostgresServer } from '../servers/postgres.ts';
import { readPage } from './page.ts';
import { steady } from './program.ts';

const path = 'docs/testing.md';
const page = readPage(path);
const code = Object.fromEntries(page.samples.flatMap(({ language, file, code: text }) => (language === 'js' && file !== undefined ? [[file, text]] : [])));
const programs = Object.fromEntries(Object.entries(code).filter(([file]) => !file.endsWith('.config.js')));

/** The test of each file that the page shows the failure of. */
const failing = { 'orders.test.js': 'finds nothing where there is nothing', 'transfer.test.js': 'transfers', 'begin.test.js': 'charges nothing where it cannot begin' };

/** A test that is watched by the file with options alone, which one line of its own is enough for. */
const configured = `import './leaks.js';
import { test } from 'vitest';
import { pool } from './orders.js';
test('is watched', async () => {
  await pool.connect();
});
`;

let server: PostgresServer;
let ended: Ended;
beforeAll(async () => {
  server = await startPostgres();
  const cwd = writeSuite('page', { 'package.json': '{ "type": "module" }\n', ...programs, 'configured.test.js': configured });
  // In one worker, which loads the guard once for all files.
  ended = await run('vitest', cwd, server, ['--no-isolate', '--maxWorkers=1']);
});
afterAll(async () => {
  removeSuites();
  await server.stop();
});

describe(`the tests of ${path}`, () => {
  it('fail as the page shows; `pnpm generate` writes it anew', async () => {
    let text = page.text;
    for (const [file, name] of Object.entries(failing)) {
      const [message = ''] = ended.tests.get(name) ?? [];
      const output = message.split('\n').filter((line) => !line.startsWith('    at ')).join('\n');
      expect([file, output]).not.toEqual([file, '']);
      const before = page.samples.find((sample) => sample.language === 'text' && sample.file === file)?.code ?? '';
      if (steady(`${output}\n`) === steady(before)) continue;
      text = text.replace(`\`\`\`text ${file}\n${before.trim() === '' ? '' : before}\`\`\``, () => `\`\`\`text ${file}\n${output}\n\`\`\``);
    }
    await expect(text).toMatchFileSnapshot(absolute(path));
  });

  it('are watched by the file with options', () => {
    expect(ended.tests.get('is watched')?.join()).toContain('errors#lifeguard_leak');
  });
});
