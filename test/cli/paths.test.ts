import { mkdirSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { clean, leaky, lifeguard, project, report } from './run.ts';

const onThrow = 'lifeguard/require-release-on-throw';

describe('files that are checked', () => {
  test('every JavaScript and TypeScript extension is', async () => {
    const names = ['a.js', 'b.mjs', 'c.jsx', 'd.ts', 'e.mts', 'f.cts', 'g.tsx'];
    const folder = project(Object.fromEntries(names.map((name) => [name, leaky])));
    const { json } = await report(folder, []);
    expect(json.findings.map(({ file }) => file)).toEqual(names);
  });

  test('files outside the working directory are', async () => {
    const elsewhere = project({ 'lib/a.ts': leaky });
    const here = project({ 'b.ts': leaky });
    const { code, json } = await report(here, ['.', elsewhere]);
    expect(code).toBe(1);
    expect(json.findings.map(({ file }) => path.resolve(here, file))).toEqual([
      path.join(here, 'b.ts'),
      path.join(elsewhere, 'lib', 'a.ts'),
    ]);
  });

  test('files above the working directory are', async () => {
    const folder = project({ 'a.ts': leaky, 'deep/er/b.ts': clean });
    const { json } = await report(path.join(folder, 'deep/er'), ['../../a.ts']);
    expect(json.findings).toMatchObject([{ file: '../../a.ts', rule: onThrow }]);
  });

  test('names that look like globs are', async () => {
    const folder = project({ 'app/[id].ts': leaky, 'app/(group)/{x}.ts': leaky });
    const { json } = await report(folder, ['app/[id].ts', 'app']);
    expect(json.findings.map(({ file }) => file)).toEqual(['app/[id].ts', 'app/(group)/{x}.ts']);
  });

  test('globs are, once each', async () => {
    const folder = project({ 'src/a.ts': leaky, 'src/b/c.ts': leaky, 'src/d.js': leaky });
    const { json } = await report(folder, ['src/**/*.ts', 'src/a.ts']);
    expect(json.findings.map(({ file }) => file)).toEqual(['src/a.ts', 'src/b/c.ts']);
  });
});

describe('files that are left out', () => {
  const files = {
    'a.ts': leaky,
    'types.d.ts': 'export {}',
    'node_modules/x/index.js': leaky,
    '.cache/c.js': leaky,
    'dist/a.js': leaky,
    'sub/dist/a.js': leaky,
    'sub/kept.generated.js': leaky,
    'sub/lost.generated.js': leaky,
    '.gitignore': 'dist/\n*.generated.js\n',
    'sub/.gitignore': '!kept.generated.js\n',
    '.git/HEAD': '',
  };

  test('are those in node_modules and dot folders and what git ignores', async () => {
    const { json, stderr } = await report(project(files), []);
    expect(json.findings.map(({ file }) => file)).toEqual(['a.ts', 'sub/kept.generated.js']);
    expect(stderr).toContain('LIFEGUARD_SKIPPED');
    expect(stderr).toContain('node_modules');
  });

  test.each(['node_modules/x', 'node_modules/x/index.js', '.cache', 'dist', 'sub/dist/a.js'])(
    'are checked all the same when named: %s',
    async (named) => {
      const { json } = await report(project(files), [named]);
      expect(json.checked).toBe(1);
      expect(json.findings).toMatchObject([{ rule: onThrow }]);
    },
  );
});

describe('files that cannot be checked', () => {
  test('a path that matches nothing ends with 2, the rest is checked', async () => {
    const { code, json, stderr } = await report(project({ 'a.ts': leaky }), ['a.ts', 'b.ts', 'x/*']);
    expect(code).toBe(2);
    expect(json.findings).toHaveLength(1);
    expect(stderr).toContain('LIFEGUARD_PATH_NOT_FOUND Nothing matches "b.ts".');
    expect(stderr).toContain('Nothing matches "x/*".');
  });

  test('a folder without code ends with 2', async () => {
    const { code, stderr } = await lifeguard(project({ 'a.txt': '' }), ['check']);
    expect(code).toBe(2);
    expect(stderr).toContain('LIFEGUARD_NOTHING_TO_CHECK');
  });

  test('a named file that is no code ends with 2', async () => {
    const { code, stderr } = await lifeguard(project({ 'a.txt': '' }), ['check', 'a.txt']);
    expect(code).toBe(2);
    expect(stderr).toContain('LIFEGUARD_NOT_CODE');
  });

  test.skipIf(process.platform === 'win32')(
    'an unreadable file ends with 2, the rest is checked',
    async () => {
      const folder = project({ 'a.ts': leaky });
      symlinkSync('loop.ts', path.join(folder, 'loop.ts'));
      mkdirSync(path.join(folder, 'folder.ts'));
      const { code, json, stderr } = await report(folder, ['.']);
      expect(code).toBe(2);
      expect(json.findings).toHaveLength(1);
      expect(stderr).toContain('LIFEGUARD_PATH_UNREADABLE "loop.ts" cannot be read (ELOOP).');
    },
  );
});

describe('syntax', () => {
  test('an error is a finding and does not stop the rest', async () => {
    const { code, json } = await report(project({ 'a.ts': leaky, 'b.ts': 'let 1', 'c.js': '}' }), []);
    expect(code).toBe(1);
    expect(json.findings).toMatchObject([
      { file: 'a.ts', rule: onThrow },
      { file: 'b.ts', rule: 'syntax-error', line: 1 },
      { file: 'c.js', rule: 'syntax-error', line: 1 },
    ]);
  });

  test.each([
    ['a module', 'a.js', 'export const a = await 1;'],
    ['a sloppy script', 'a.js', 'with (a) b();\nreturn 010;'],
    ['decorators', 'a.js', '@entity class A { @column name }'],
    ['JSX', 'a.js', 'export const a = <b c={1} />;'],
    ['a hashbang', 'a.cjs', '#!/usr/bin/env node\nreturn require("a");'],
    ['a byte order mark', 'a.mjs', '\uFEFFimport "a";'],
    ['type assertions', 'a.ts', 'export const a = <string>b;'],
    ['an empty file', 'a.js', ''],
  ])('%s is no error', async (_, name, text) => {
    const { code, json } = await report(project({ [name]: text }), []);
    expect(json.findings).toEqual([]);
    expect(code).toBe(0);
  });
});
