import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, test } from 'vitest';
import { clean, leaky, lifeguard, project, report } from './run.ts';

/** A configuration of a user, with a plugin of theirs called `lifeguard`. */
const configuration = `
const rule = (create) => ({ meta: { type: 'problem', schema: [] }, create });
const crash = rule((context) => ({
  Identifier(node) {
    if (node.name === 'crash') throw new Error('The rule fell over.');
    if (node.name === 'report') context.report({ node, message: 'Said by their rule.' });
  },
}));
export default [
  { ignores: ['ignored.js'] },
  {
    files: ['**/*.js'],
    plugins: { lifeguard: { rules: { crash } } },
    rules: { 'lifeguard/crash': 'warn', 'no-undef': 'error' },
  },
];
`;

describe('a configuration of the user', () => {
  test('is left alone unless asked for', async () => {
    const folder = project({ 'eslint.config.js': 'throw new Error("no")', 'a.ts': leaky });
    const { code, json } = await report(folder, ['a.ts']);
    expect(code).toBe(1);
    expect(json.findings).toHaveLength(1);
  });

  test.each([['--use-config'], ['--config', 'eslint.config.mjs']])(
    'is used with %s, for our findings only',
    async (...args) => {
      const folder = project({ 'eslint.config.mjs': configuration, 'a.js': 'report; other;' });
      const { code, json } = await report(folder, ['a.js', ...args]);
      expect(json.findings).toMatchObject([{ rule: 'lifeguard/crash', severity: 'warning' }]);
      expect(code).toBe(0);
      const strict = await report(folder, ['a.js', ...args, '--max-warnings', '0']);
      expect(strict.code).toBe(1);
    },
  );

  test('may ignore a file, but not in silence', async () => {
    const folder = project({ 'eslint.config.mjs': configuration, 'ignored.js': '', 'a.js': '' });
    const { code, json, stderr } = await report(folder, ['a.js', 'ignored.js', '--use-config']);
    expect(code).toBe(2);
    expect(json.checked).toBe(1);
    expect(stderr).toContain('LIFEGUARD_IGNORED_BY_CONFIG "ignored.js"');
  });

  test('that enables no rule of ours is pointed out', async () => {
    const folder = project({ 'eslint.config.mjs': 'export default [];', 'a.js': '' });
    const { code, stderr } = await lifeguard(folder, ['check', 'a.js', '--use-config']);
    expect(code).toBe(0);
    expect(stderr).toContain('LIFEGUARD_NO_RULE_ENABLED');
  });

  test.each([
    ['throws', 'throw new Error("Broken on purpose");'],
    ['is missing', undefined],
  ])('that %s ends with 2', async (_, text) => {
    const folder = project({ 'a.js': '', ...(text === undefined ? {} : { 'their.mjs': text }) });
    const { code, stderr } = await lifeguard(folder, ['check', 'a.js', '--config', 'their.mjs']);
    expect(code).toBe(2);
    expect(stderr).toContain('LIFEGUARD_CONFIG_FAILED');
  });
});

test.each(['off', '2'])(
  'a rule that throws on one file stops no other, with --concurrency %s',
  async (concurrency) => {
    const files = Object.fromEntries(
      ['a', 'b', 'c', 'd', 'e'].map((name) => [`${name}.js`, name === 'c' ? 'crash' : 'report']),
    );
    const folder = project({ 'eslint.config.mjs': configuration, ...files });
    const args = ['*.js', '--use-config', '--concurrency', concurrency];
    const { code, json, stderr } = await report(folder, args);
    expect(code).toBe(2);
    expect(json.findings.map(({ file }) => file)).toEqual(['a.js', 'b.js', 'd.js', 'e.js']);
    expect(stderr).toContain('LIFEGUARD_CHECK_CRASHED Checking "c.js" failed');
  },
);

describe('types', () => {
  test('are used with --type-aware, and missed where no tsconfig.json has the file', async () => {
    const folder = project({
      'tsconfig.json': '{ "include": ["src"], "compilerOptions": { "strict": true } }',
      'src/a.ts': leaky,
      'other/b.ts': leaky,
      'src/c.js': clean,
    });
    const { json, stderr } = await report(folder, ['--type-aware']);
    expect(json.findings.map(({ file }) => file)).toEqual(['other/b.ts', 'src/a.ts']);
    expect(stderr).toContain('LIFEGUARD_UNTYPED 1 file is not part of a tsconfig.json');
  });
});

test('the built-in configuration is a module that ESLint can load by its path', async () => {
  const file = path.resolve('packages/cli/dist/config/strict.js');
  const module: unknown = await import(pathToFileURL(file).href);
  expect(module).toHaveProperty('default', expect.any(Array));
});
