import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';
import { beforeAll, describe, expect, test } from 'vitest';
import { pack, packageNames } from './packed.ts';

const attw = fileURLToPath(new URL('../../node_modules/@arethetypeswrong/cli/dist/index.js', import.meta.url));

describe.each(packageNames)('the package %s', (name) => {
  let tarball = '';
  beforeAll(async () => {
    tarball = await pack(name);
  });

  test('has nothing that publint objects to', async () => {
    const file = readFileSync(tarball);
    const { messages, pkg } = await publint({ pack: { tarball: Uint8Array.from(file).buffer }, strict: true });
    const faults = messages.filter(({ type }) => type !== 'suggestion');
    expect(faults.map((message) => formatMessage(message, pkg, { color: false }))).toEqual([]);
  });

  test('has types that every module system resolves', () => {
    // Jest alone takes what stands under `require`; the types are those of the ES modules, which Node requires too.
    const ignored = name === 'guard' ? ['--ignore-rules', 'false-esm'] : [];
    const { status, stdout } = spawnSync(
      process.execPath,
      [attw, tarball, '--profile', 'esm-only', ...ignored, '--no-color', '--no-emoji'],
      { encoding: 'utf8' },
    );
    expect(status, stdout).toBe(0);
    if (name === 'guard') {
      const resolved = stdout.split('\n').filter((line) => /^(?:node16 \(from ESM\)|bundler): /u.test(line));
      expect(resolved.length).toBeGreaterThan(10);
      expect(resolved.filter((line) => !/: OK /u.test(line))).toEqual([]);
    }
  });

  test('depends on versions that exist outside this repository', () => {
    const text = execFileSync('tar', ['-xzOf', tarball, 'package/package.json'], { encoding: 'utf8' });
    const { dependencies = {} } = JSON.parse(text) as { readonly dependencies?: Record<string, string> };
    expect(Object.values(dependencies).filter((range) => !/^[~^]?\d/u.test(range))).toEqual([]);
  });

  test('holds what it runs and nothing else', () => {
    const files = execFileSync('tar', ['-tzf', tarball], { encoding: 'utf8' }).trim().split('\n');
    const odd = files.filter(
      (file) =>
        !/^package\/(?:package\.json|README\.md|LICENSE|dist\/.+\.(?:c?js|d\.c?ts)|demo\/.+\.ts)$/u.test(file),
    );
    expect(files).toContain('package/dist/index.js');
    expect(odd).toEqual([]);
  });
});
