import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { ESLint } from 'eslint';
import { describe, expect, it } from 'vitest';
import plugin from '../../packages/eslint-plugin/src/index.ts';
import { readPage, statedIn, withoutStated, type Sample } from './page.ts';
import { runCommand, writeProject } from './project.ts';

const page = readPage('docs/lint.md');

/** What every set-up must report, in a section that shows no program of its own. */
const leaky = `import { Pool } from 'pg';
const pool = new Pool({ connectionTimeoutMillis: 5_000 });
export async function find(id) {
  const client = await pool.connect(); // ✗ \`client\` is not released before the \`return\` on line 5.
  if (id === 0) return undefined;
  client.release();
}
`;

const sections = [...new Set(page.samples.map(({ section }) => section))];
const withFile = (name: string): [string, readonly Sample[]][] =>
  sections
    .map((section): [string, readonly Sample[]] => [
      section,
      page.samples.filter((sample) => sample.section === section && sample.file !== undefined),
    ])
    .filter(([, samples]) => samples.some(({ file }) => file === name));

describe('the set-ups of the page about the linter', () => {
  it.each(withFile('eslint.config.js'))('are loaded by ESLint and report what they state: %s', async (section, samples) => {
    const programs = programsOf(section, samples);
    const cwd = writeProject(section, { ...filesOf(samples), ...programs });
    const results = await new ESLint({ cwd }).lintFiles(Object.keys(programs));
    const found = Object.fromEntries(
      results.map(({ filePath, messages }) => [
        relative(cwd, filePath).replaceAll('\\', '/'),
        messages.map(({ line, message }) => ({ line, message })),
      ]),
    );
    const stated = Object.entries(programs).map(([path, code]) => [path, statedIn(code)] as const);
    expect(found).toEqual(Object.fromEntries(stated));
  });

  it('names every rule of the recommended preset where oxlint has no presets', () => {
    const [[, samples] = []] = withFile('.oxlintrc.json');
    const { rules }: { readonly rules: object } = JSON.parse(samples?.[0]?.code ?? '') as never;
    expect(Object.keys(rules).toSorted()).toEqual(Object.keys(plugin.configs.recommended.rules).toSorted());
  });

  it.each(withFile('.oxlintrc.json'))('runs in oxlint: %s', async (section, samples) => {
    const cwd = writeProject(section, { ...filesOf(samples), 'leaky.js': withoutStated(leaky) });
    const { code, output } = await runCommand('npx oxlint leaky.js', cwd);
    expect(output).toContain('lifeguard(require-release)');
    expect(code).toBe(1);
  });

  it('are followed by findings of the rules they explain', () => {
    // A page whose samples state nothing would pass every comparison.
    expect(page.samples.flatMap(({ code }) => statedIn(code)).length).toBeGreaterThanOrEqual(5);
  });
});

it('ESLint’s cache does not notice that a followed file changed, as the page says', async () => {
  const samples = withFile('eslint.config.js').find(([section]) => section === 'JavaScript')?.[1] ?? [];
  const cwd = writeProject('cache', {
    ...filesOf(samples),
    'database.js': `import { Pool } from 'pg';\nexport const pool = new Pool();\n`,
    'orders.js': `import { pool } from './database.js';
export async function count() {
  const client = await pool.connect();
  return (await client.query('SELECT count(*) FROM orders')).rows;
}
`,
  });
  const findings = async (cache: boolean): Promise<number> => {
    const options = { cwd, cache, cacheLocation: join(cwd, '.eslintcache') };
    const results = await new ESLint(options).lintFiles('orders.js');
    return results.flatMap(({ messages }) => messages).length;
  };
  expect(await findings(true)).toBe(1);
  writeFileSync(join(cwd, 'database.js'), `export const pool = { connect: async () => ({ query }) };\n`);
  expect(await findings(true), 'with the cache').toBe(1);
  expect(await findings(false), 'without').toBe(0);
});

describe('the commands of the page about the linter', () => {
  const [[, [workflow]] = ['', []]] = withFile('.github/workflows/lifeguard.yml');

  it('check a project without any set-up', async () => {
    const cwd = writeProject('commands', { 'src/leaky.js': leaky, 'tsconfig.json': '{ "include": ["src"] }' });
    for (const command of commandsIn('Without any set-up')) {
      const { code, output } = await runCommand(command, cwd);
      expect(output).toContain('`client` is not released');
      expect(code, `${command}\n${output}`).toBe(1);
    }
  });

  it('write what code scanning uploads', async () => {
    const cwd = writeProject('scanning', { 'src/leaky.js': leaky });
    const command = /run: (?<command>npx lifeguard .*)/u.exec(workflow?.code ?? '')?.groups?.['command'] ?? '';
    const file = /sarif_file: (?<file>\S+)/u.exec(workflow?.code ?? '')?.groups?.['file'] ?? '';
    expect((await runCommand(command, cwd)).code).toBe(1);
    expect(readFileSync(join(cwd, file), 'utf8')).toContain('lifeguard/require-release');
  });

  it('suppress what a legacy code base has, and nothing after it is mended', async () => {
    const config = withFile('eslint.config.js').find(([section]) => section === 'JavaScript')?.[1] ?? [];
    const cwd = writeProject('legacy', { ...filesOf(config), 'src/leaky.js': leaky });
    const commands = commandsIn('Adopting on a legacy code base');
    expect(commands.length).toBeGreaterThanOrEqual(4);
    expect((await runCommand('npx eslint', cwd)).code).toBe(1);
    for (const command of commands) {
      const { code, output } = await runCommand(command, cwd);
      expect(code, `${command}\n${output}`).toBe(0);
    }
    expect(existsSync(join(cwd, 'eslint-suppressions.json'))).toBe(true);
  });
});

function filesOf(samples: readonly Sample[]): Record<string, string> {
  return Object.fromEntries(samples.map(({ file = '', code }) => [file, withoutStated(code)]));
}

/** The programs of a section, or one of ours; what they state stays in them as comments. */
function programsOf(section: string, samples: readonly Sample[]): Readonly<Record<string, string>> {
  const programs = samples.filter(({ code }) => statedIn(code).length > 0);
  if (programs.length > 0) return Object.fromEntries(programs.map(({ file = '', code }) => [file, code]));
  const isTyped = section.startsWith('Type');
  return isTyped ? { 'src/leaky.ts': leaky.replace('(id)', '(id: number)') } : { 'src/leaky.js': leaky };
}

function commandsIn(section: string): readonly string[] {
  return page.samples
    .filter((sample) => sample.section === section && sample.language === 'sh')
    .flatMap(({ code }) => code.trim().split('\n'));
}
