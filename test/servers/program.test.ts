import { afterEach, expect, test, vi } from 'vitest';
import { findProgram } from './program.ts';

const nowhere = { names: ['no-such-server'], package: 'no-such-package' };

afterEach(() => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
});

test('finds a program on the PATH, by the first of its names that is there', async () => {
  expect(await findProgram({ names: ['no-such-server', 'sh'], package: 'dash' })).toMatch(/\/sh$/u);
});

test('says what it skips when a program is missing', async () => {
  vi.stubEnv('CI', '');
  vi.spyOn(process, 'getuid').mockReturnValue(1000);
  const warn = vi.spyOn(console, 'warn').mockReturnValue(undefined);
  expect(await findProgram(nowhere)).toBeUndefined();
  expect(warn).toHaveBeenCalledExactlyOnceWith(expect.stringMatching(/^SKIPPED: every test that needs no-such-server\. .*apt-get install no-such-package/u));
});

test('fails in continuous integration when a program is missing', async () => {
  vi.stubEnv('CI', 'true');
  vi.spyOn(process, 'getuid').mockReturnValue(1000);
  await expect(findProgram(nowhere)).rejects.toThrow('no-such-server is not on the PATH');
});
