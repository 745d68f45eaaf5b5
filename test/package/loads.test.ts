import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const watch = fileURLToPath(new URL('watch-loads.mjs', import.meta.url));

/** Every file that Node loads when a module is imported. */
function loadedBy(module: string): string[] {
  const target = new URL(`../../packages/${module}`, import.meta.url).href;
  const output = execFileSync(process.execPath, [watch, target], { encoding: 'utf8' });
  return JSON.parse(output) as string[];
}

test('importing the plugin loads two files of itself, and no compiler', () => {
  const loaded = loadedBy('eslint-plugin/dist/index.js');
  const ours = loaded.filter((file) => file.includes('/packages/'));
  expect(ours.map((file) => file.slice(file.indexOf('/packages/')))).toEqual(['/packages/eslint-plugin/dist/index.js', '/packages/eslint-plugin/dist/shared/core.js']);
  expect(loaded.filter((file) => file.includes('/node_modules/typescript/'))).toEqual([]);
  expect(loaded.filter((file) => file.includes('/@typescript-eslint/typescript-estree/'))).toEqual([]);
  expect(loaded.filter((file) => file.includes('/node_modules/eslint/'))).toEqual([]);
});

test('the watch sees what CommonJS modules load', () => {
  const loaded = loadedBy('../node_modules/@typescript-eslint/parser/dist/index.js');
  expect(loaded.some((file) => file.includes('/node_modules/typescript/'))).toBe(true);
});

test('importing the guard loads two files, of itself', () => {
  const loaded = loadedBy('guard/dist/index.js');
  expect(loaded.filter((file) => !file.includes('/packages/guard/dist/'))).toEqual([]);
  expect(loaded.map((file) => file.slice(file.lastIndexOf('/')))).toEqual(['/index.js', '/core.js']);
});

test('a program without a database that is registered loads no more than what waits for a driver', () => {
  const loaded = loadedBy('../test/guard/register/programs/nothing.mjs');
  expect(loaded.some((file) => file.includes('/node_modules/express/'))).toBe(true);
  const ours = loaded.filter((file) => file.includes('/packages/')).map((file) => file.slice(file.indexOf('/dist/') + 6));
  // mariadb is in reach here, which needs hooks for modules that are written as ESM.
  expect(ours.filter((file) => !file.startsWith('register/esm-')).toSorted()).toEqual(['register.js', 'shared/config-file.js', 'shared/packages.js']);
});
