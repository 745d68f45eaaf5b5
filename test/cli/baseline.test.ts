import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { ESLint } from 'eslint';
import { describe, expect, test } from 'vitest';
import { clean, leaky, lifeguard, project, report } from './run.ts';

const onThrow = 'lifeguard/require-release-on-throw';
const file = 'eslint-suppressions.json';

function read(folder: string, name = file): unknown {
  return JSON.parse(readFileSync(path.join(folder, name), 'utf8'));
}

describe('a baseline', () => {
  test('is written, and then suppresses what it lists', async () => {
    const folder = project({ 'src/a.ts': leaky, 'b.ts': clean });
    const written = await lifeguard(folder, ['check', '--update-baseline']);
    expect(written.code).toBe(0);
    expect(written.stderr).toContain('LIFEGUARD_BASELINE_WRITTEN');
    expect(read(folder)).toEqual({ 'src/a.ts': { [onThrow]: { count: 1 } } });

    const { code, json } = await report(folder, ['--baseline', file]);
    expect(code).toBe(0);
    expect(json.findings).toEqual([]);
    expect(json.suppressed).toMatchObject([{ by: 'baseline' }]);
  });

  test('does not hide a file with more findings than it counts', async () => {
    const folder = project({ 'a.ts': leaky });
    await lifeguard(folder, ['check', '--update-baseline']);
    const twice = leaky + leaky.split('\n').slice(3).join('\n').replace('now', 'then');
    writeFileSync(path.join(folder, 'a.ts'), twice);
    const { code, json } = await report(folder, ['--baseline', file]);
    expect(code).toBe(1);
    expect(json.findings).toHaveLength(2);
  });

  test('says which entries no longer occur, and drops them when updated', async () => {
    const folder = project({ 'a.ts': leaky });
    await lifeguard(folder, ['check', '--update-baseline']);
    writeFileSync(path.join(folder, 'a.ts'), clean);
    const { code, stderr } = await lifeguard(folder, ['check', '--baseline', file]);
    expect(code).toBe(0);
    expect(stderr).toContain('LIFEGUARD_BASELINE_STALE 1 finding of the baseline no longer occur');
    await lifeguard(folder, ['check', '--update-baseline']);
    expect(read(folder)).toEqual({});
  });

  test('keeps what other rules and unchecked files have in it', async () => {
    const others = { 'a.ts': { 'no-undef': { count: 3 } }, 'b.ts': { [onThrow]: { count: 1 } } };
    const folder = project({ 'a.ts': leaky, 'b.ts': leaky, [file]: JSON.stringify(others) });
    await lifeguard(folder, ['check', 'a.ts', '--update-baseline']);
    expect(read(folder)).toEqual({
      'a.ts': { [onThrow]: { count: 1 }, 'no-undef': { count: 3 } },
      'b.ts': { [onThrow]: { count: 1 } },
    });
  });

  test('never hides a syntax error', async () => {
    const folder = project({ 'a.ts': 'let 1' });
    const { code } = await lifeguard(folder, ['check', '--update-baseline']);
    expect(code).toBe(1);
    expect(read(folder)).toEqual({});
  });

  test('is the file that ESLint itself applies', async () => {
    const folder = project({ 'a.ts': leaky });
    await lifeguard(folder, ['check', '--update-baseline']);
    const preset = new URL('../../packages/cli/dist/config/recommended.js', import.meta.url);
    const eslint = new ESLint({
      cwd: folder,
      overrideConfigFile: preset.pathname,
      applySuppressions: true,
    });
    const [result] = await eslint.lintFiles(['a.ts']);
    expect(result?.messages).toEqual([]);
    expect(result?.suppressedMessages).toHaveLength(1);
  });
});

describe('a baseline that cannot be used', () => {
  test('ends with 2 if it is missing', async () => {
    const run = await lifeguard(project({ 'a.ts': clean }), ['check', '--baseline', 'none.json']);
    expect(run.code).toBe(2);
    expect(run.stderr).toContain('LIFEGUARD_BASELINE_MISSING');
    expect(run.stdout).toBe('');
  });

  test.each(['{', '[]', '{"a.ts": {"rule": 1}}'])('ends with 2 if it reads %s', async (text) => {
    const folder = project({ 'a.ts': clean, 'b.json': text });
    const { code, stderr } = await lifeguard(folder, ['check', '--baseline', 'b.json']);
    expect(code).toBe(2);
    expect(stderr).toContain('LIFEGUARD_BASELINE_INVALID');
  });
});
