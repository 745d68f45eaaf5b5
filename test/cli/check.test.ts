import { spawnSync } from 'node:child_process';
import { describe, expect, test } from 'vitest';
import { clean, leaky, lifeguard, project, report } from './run.ts';

describe('exit codes', () => {
  test('a clean project ends with 0', async () => {
    const { code, stdout } = await lifeguard(project({ 'a.ts': clean }), ['check']);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^No findings, checked 1 file in [\d.]+ s\.\n$/);
  });

  test('a finding ends with 1', async () => {
    const { code, stdout } = await lifeguard(project({ 'a.ts': leaky }), ['check']);
    expect(code).toBe(1);
    expect(stdout).toContain('lifeguard/require-release-on-throw');
  });

  test('an unknown option ends with 2 and names the nearest one', async () => {
    const { code, stdout, stderr } = await lifeguard(project({}), ['check', '--fromat', 'json']);
    expect(code).toBe(2);
    expect(stdout).toBe('');
    expect(stderr).toContain('LIFEGUARD_WRONG_USE');
    expect(stderr).toContain('--format');
  });

  test('an unknown command ends with 2 and names the nearest one', async () => {
    const { code, stderr } = await lifeguard(project({}), ['chek']);
    expect(code).toBe(2);
    expect(stderr).toContain('Did you mean check?');
  });

  test.each([
    ['--max-warnings', 'many'],
    ['--concurrency', '0'],
    ['--format', 'xml'],
    ['--preset', 'loose'],
  ])('a wrong value of %s ends with 2', async (option, value) => {
    const { code, stderr } = await lifeguard(project({}), ['check', option, value]);
    expect(code).toBe(2);
    expect(stderr).toContain('LIFEGUARD_WRONG_USE');
  });

  test('options that contradict each other end with 2', async () => {
    const { code } = await lifeguard(project({}), ['check', '--use-config', '--type-aware']);
    expect(code).toBe(2);
  });

  test('--help and --version end with 0', async () => {
    const help = await lifeguard(project({}), ['check', '--help']);
    const version = await lifeguard(project({}), ['--version']);
    expect(help.code).toBe(0);
    expect(help.stdout).toContain('--update-baseline');
    expect(version.code).toBe(0);
    expect(version.stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
  });
});

describe('what goes where', () => {
  test('results go to stdout and remarks to stderr', async () => {
    const folder = project({ 'a.ts': leaky, 'node_modules/x/a.js': leaky });
    const { stdout, stderr } = await lifeguard(folder, ['check', '.', 'missing']);
    expect(stdout).toContain('a.ts:5');
    expect(stdout).not.toContain('LIFEGUARD_');
    expect(stderr).toContain('LIFEGUARD_PATH_NOT_FOUND');
    expect(stderr).toContain('LIFEGUARD_SKIPPED');
    expect(stderr).not.toContain('a.ts:5');
  });

  test('there are no colours when nobody is looking, unless forced', async () => {
    const folder = project({ 'a.ts': leaky });
    const piped = await lifeguard(folder, ['check']);
    const forced = await lifeguard(folder, ['check'], { FORCE_COLOR: '1' });
    const never = await lifeguard(folder, ['check'], { FORCE_COLOR: '1', NO_COLOR: '1' });
    expect(piped.stdout).not.toContain('\u001B');
    expect(forced.stdout).toContain('\u001B[');
    expect(never.stdout).not.toContain('\u001B');
  });

  test('--output writes the findings to a file and nothing to stdout', async () => {
    const folder = project({ 'a.ts': leaky });
    const { code, stdout } = await lifeguard(folder, ['check', '-f', 'github', '-o', 'out.txt']);
    expect(code).toBe(1);
    expect(stdout).toBe('');
    const failed = await lifeguard(folder, ['check', '-o', 'no/such/folder/out.txt']);
    expect(failed.code).toBe(2);
    expect(failed.stderr).toContain('LIFEGUARD_OUTPUT_FAILED');
  });

  test.skipIf(process.platform === 'win32')('a reader that leaves early is no error', () => {
    const files = Array.from({ length: 300 }, (_, index) => [`f${index}.ts`, leaky] as const);
    const folder = project(Object.fromEntries(files));
    const bin = new URL('../../packages/cli/dist/bin.js', import.meta.url).pathname;
    const { stderr } = spawnSync('sh', ['-c', `"${process.execPath}" "${bin}" check | head -n 1`], {
      cwd: folder,
      encoding: 'utf8',
    });
    expect(stderr).not.toContain('EPIPE');
  });
});

describe('comments in the code', () => {
  test('a disable comment suppresses a finding', async () => {
    const disabled = leaky.replace(
      '  const client',
      '  // eslint-disable-next-line lifeguard/require-release-on-throw -- it is a script\n  const client',
    );
    const { code, json } = await report(project({ 'a.ts': disabled }), []);
    expect(code).toBe(0);
    expect(json.suppressed).toMatchObject([{ by: 'comment' }]);
  });

  test('comments for rules of other linters are nobody’s business', async () => {
    const foreign = `/* eslint no-undef: error, some/rule: error */\n// eslint-disable-next-line a/b\n${clean}nowhere();\n`;
    const { code, json } = await report(project({ 'a.js': foreign }), []);
    expect(json.findings).toEqual([]);
    expect(code).toBe(0);
  });
});

test('workers find the same as one thread', async () => {
  const files = Array.from(
    { length: 40 },
    (_, index) => [`src/f${index}.ts`, index % 3 === 0 ? leaky : clean] as const,
  );
  const folder = project({ ...Object.fromEntries(files), 'src/bad.js': 'const = 1' });
  const alone = await report(folder, ['--concurrency', 'off']);
  const together = await report(folder, ['--concurrency', '3']);
  expect(together.json.findings).toEqual(alone.json.findings);
  expect(together.json.checked).toBe(41);
  expect(together.code).toBe(alone.code);
});
