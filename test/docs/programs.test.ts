import { join } from 'node:path';
import ts from 'typescript';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { absolute } from '../generate/generate.ts';
import { startPostgres, type PostgresServer } from '../servers/postgres.ts';
import { readPage } from './page.ts';
import { runProgram, steady, writePrograms } from './program.ts';

let server: PostgresServer;
beforeAll(async () => {
  server = await startPostgres();
});
afterAll(() => server.stop());

describe.each(['docs/runbook.md', 'docs/guard.md'])('the programs of %s', (path) => {
  const page = readPage(path);
  const programs = page.samples.filter(({ language }) => language === 'js');
  const shown = new Map(page.samples.flatMap(({ language, file, code }) => (language === 'text' && file !== undefined ? [[file, code]] : [])));

  it('print what the page shows; `pnpm generate` writes it anew', async () => {
    expect(programs).not.toEqual([]);
    let text = page.text;
    for (const { file = '', code } of programs) {
      const output = await runProgram(server, path, file, code);
      const before = shown.get(file) ?? '';
      if (steady(output) === steady(before)) continue;
      if (!shown.has(file)) expect([file, output.trim()]).toEqual([file, '']);
      text = text.replace(`\`\`\`text ${file}\n${before.trim() === '' ? '' : before}\`\`\``, () => `\`\`\`text ${file}\n${output}\`\`\``);
    }
    await expect(text).toMatchFileSnapshot(absolute(path));
  });

  it('are there for everything that is shown', () => {
    expect(programs.map(({ file }) => file)).toEqual(expect.arrayContaining([...shown.keys()]));
    for (const output of shown.values()) expect(output.trim()).not.toBe('');
  });

  it('show no secret', () => {
    expect(page.text).not.toContain(server.password);
  });
});

it('the samples in TypeScript compile, with the types of the packages they use', () => {
  const samples = ['docs/guard.md', 'CONTRIBUTING.md'].flatMap((path) => readPage(path).samples).filter(({ language }) => language === 'ts');
  expect(samples.map(({ file }) => file)).toEqual(['dispose.ts', 'scopes.ts', 'count.ts']);
  const cwd = writePrograms('guard-types', Object.fromEntries(samples.map(({ file = '', code }) => [file, code])));
  const program = ts.createProgram(samples.map(({ file = '' }) => join(cwd, file)), {
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.NodeNext,
    lib: ['lib.es2023.d.ts', 'lib.esnext.disposable.d.ts'],
    types: ['node'],
    typeRoots: [absolute('node_modules/@types')],
    strict: true,
    exactOptionalPropertyTypes: true,
    noEmit: true,
    skipLibCheck: true,
  });
  const problems = ts.getPreEmitDiagnostics(program).map(({ file, messageText }) => `${file?.fileName ?? ''}: ${ts.flattenDiagnosticMessageText(messageText, ' ')}`);
  expect(problems).toEqual([]);
});
