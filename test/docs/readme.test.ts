import { readFileSync } from 'node:fs';
import { ESLint } from 'eslint';
import { describe, expect, it } from 'vitest';
import { drivers } from '../../packages/catalogue/src/index.ts';
import plugin from '../../packages/eslint-plugin/src/index.ts';
import { absolute } from '../generate/generate.ts';
import { startPostgres } from '../servers/postgres.ts';
import { readPage, statedIn, withoutStated } from './page.ts';
import { runProgram, steady } from './program.ts';
import { writeProject } from './project.ts';

const readme = readPage('README.md');
const contributing = readPage('CONTRIBUTING.md');
const changelog = readPage('CHANGELOG.md');
const root: { readonly scripts: Readonly<Record<string, string>> } = JSON.parse(
  readFileSync(absolute('package.json'), 'utf8'),
) as never;

describe('the README', () => {
  it('says what it is in three sentences', () => {
    const [, first = ''] = readme.text.split('\n\n');
    expect(first.match(/[.!?](?= |$)/gu)).toHaveLength(3);
  });

  it('shows the two commands as they are', () => {
    const commands = readme.samples.filter(({ language }) => language === 'sh').map(({ code }) => code.trim());
    expect(commands.slice(0, 2)).toEqual(['npx -y pnpm@10 demo', 'npx -y pnpm@10 test']);
  });

  it('starts with a set-up that reports what it states', async () => {
    const files = Object.fromEntries(
      readme.samples.flatMap(({ file, section, code }) => (file === undefined || section !== 'Lint in sixty seconds' ? [] : [[file, withoutStated(code)]])),
    );
    const cwd = writeProject('readme', files);
    const [result] = await new ESLint({ cwd }).lintFiles('orders.js');
    const program = readme.samples.find(({ file }) => file === 'orders.js');
    expect(result?.messages.map(({ line, message }) => ({ line, message }))).toEqual(statedIn(program?.code ?? ''));
    expect(result?.messages).toHaveLength(1);
  });

  it.each([
    ['Without a change of code', 'docs/register.md', 1],
    ['Leaks fail the test that caused them', 'docs/testing.md', 1],
    ['From production back to the line', 'docs/report.md', 2],
  ])('shows under «%s» what stands on %s, where it is proved', (title, path, count) => {
    const page = readPage(path).samples.map(({ code }) => code).join('\n');
    const shown = readme.samples.filter(({ section }) => section === title);
    expect(shown).toHaveLength(count);
    for (const { code } of shown) expect(page).toContain(code);
  });

  it('counts the drivers and the rules right, as the changelog does', () => {
    // Two generations of one driver are two records.
    const known = new Set(drivers.map(({ packages: [first] }) => first?.module)).size;
    expect(readme.text).toContain(`It knows ${known} drivers`);
    expect(changelog.text).toContain(`the facts of ${known} drivers`);
    expect(changelog.text).toContain('with ten rules');
    expect(Object.keys(plugin.rules)).toHaveLength(10);
  });

  it('shows a program under the guard, and what it prints', async () => {
    await using server = await startPostgres();
    const program = readme.samples.find(({ file, language }) => file === 'import.js' && language === 'js');
    const shown = readme.samples.find(({ file, language }) => file === 'import.js' && language === 'text');
    const output = await runProgram(server, 'readme', 'import.js', program?.code ?? '');
    expect(steady(shown?.code ?? '')).toBe(steady(output));
    expect(output).toContain('nightly import');
  });
});

it.each([readme, contributing])('every command of $path is a script of the root, or adds a package', ({ text }) => {
  const commands = [...text.matchAll(/npx -y pnpm@10 (?<script>[\w:]+)/gu)].map(({ groups }) => groups?.['script'] ?? '');
  expect(commands).not.toEqual([]);
  for (const command of commands.filter((one) => one !== 'add')) expect(root.scripts).toHaveProperty([command]);
});
