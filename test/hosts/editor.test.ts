import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openEditor, type Editor } from './language-server.ts';

const leak = `import { Pool } from 'pg';

const pool = new Pool({ connectionTimeoutMillis: 5_000 });

export async function load(text) {
  const client = await pool.connect();
  const { rows } = await client.query(text);
  return rows;
}
`;

const early = `import { Pool } from 'pg';

const pool = new Pool({ connectionTimeoutMillis: 5_000 });

export async function load(text) {
  const client = await pool.connect();
  try {
    return client.query(text);
  } finally {
    client.release();
  }
}
`;

const cache = fileURLToPath(new URL('../../node_modules/.cache/', import.meta.url));
let folder = '';
let editor: Editor | undefined;

beforeAll(async () => {
  // Inside the repository, so that the server finds ESLint and the plugin as it does for a user.
  mkdirSync(cache, { recursive: true });
  folder = mkdtempSync(join(cache, 'editor-'));
  const plugin = new URL('../../packages/eslint-plugin/dist/index.js', import.meta.url).href;
  writeFileSync(
    join(folder, 'eslint.config.mjs'),
    `import lifeguard from '${plugin}';\nexport default [lifeguard.configs.recommended];\n`,
  );
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }\n');
  writeFileSync(join(folder, 'leak.js'), leak);
  writeFileSync(join(folder, 'early.js'), early);
  editor = await openEditor(folder);
});

afterAll(async () => {
  await editor?.close();
  rmSync(folder, { recursive: true, force: true });
});

describe('an editor', () => {
  it('underlines the acquire that leaks', async () => {
    const [first, ...others] = (await editor?.diagnose('leak.js', leak)) ?? [];
    expect(others).toEqual([]);
    expect(first).toMatchObject({
      code: 'lifeguard/require-release',
      source: 'eslint',
      message: '`client` is never released.',
      range: { start: { line: 5, character: 23 }, end: { line: 5, character: 37 } },
    });
  });

  it('offers to release it in a finally, and does so when it is chosen', async () => {
    const mended = await chooseAt('leak.js', leak, /finally/u);
    expect(mended).toMatch(/try \{[^}]*\}[^}]*\} finally \{\s*client\.release\(\);\s*\}/u);
  });

  it('offers to wait for a query that is still running, and does so when it is chosen', async () => {
    const mended = await chooseAt('early.js', early, /await/u);
    expect(mended).toBe(early.replace('return client.query', 'return await client.query'));
  });
});

/** Opens a file, chooses the first offer with such a title, and returns the text that results. */
async function chooseAt(file: string, text: string, title: RegExp): Promise<string> {
  if (editor === undefined) throw new Error('The editor is not open.');
  const [diagnostic] = await editor.diagnose(file, text);
  if (diagnostic === undefined) throw new Error(`Nothing is underlined in ${file}.`);
  const actions = await editor.actionsAt(file, diagnostic);
  const action = actions.find((one) => title.test(one.title));
  if (action === undefined) throw new Error(`Only offered: ${actions.map((one) => one.title).join(', ')}`);
  const edits = await editor.choose(file, action);
  return applied(text, edits);
}

type Edits = Awaited<ReturnType<Editor['choose']>>;

function applied(text: string, edits: Edits): string {
  const starts = [0, ...[...text.matchAll(/\n/gu)].map(({ index }) => index + 1)];
  const at = ({ line, character }: Edits[number]['range']['start']): number => (starts[line] ?? text.length) + character;
  return [...edits]
    .sort((a, b) => at(b.range.start) - at(a.range.start))
    .reduce((reached, { range, newText }) => reached.slice(0, at(range.start)) + newText + reached.slice(at(range.end)), text);
}
