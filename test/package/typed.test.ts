import { describe, expect, it } from 'vitest';
import { compileConfig, type Host } from './typed.ts';

const viaDefineConfig = `import lifeguard from '@lifeguard/eslint-plugin';
import { defineConfig } from 'eslint/config';

export default defineConfig([
  lifeguard.configs.recommended,
  { ...lifeguard.configs.strict, files: ['src/**'] },
  { files: ['**/*.ts'], extends: [lifeguard.configs.recommendedTypeChecked] },
  { files: ['test/**'], plugins: { lifeguard }, rules: { 'lifeguard/require-release': 'off' } },
]);
`;

const viaSatisfies = `import lifeguard from '@lifeguard/eslint-plugin';
import type { Linter } from 'eslint';

export default [
  lifeguard.configs.recommended,
  { ...lifeguard.configs.strict, files: ['src/**'] },
  { plugins: { lifeguard }, rules: { ...lifeguard.configs.recommended.rules } },
] satisfies Linter.Config[];
`;

const viaTypescriptEslint = `import lifeguard from '@lifeguard/eslint-plugin';
import { defineConfig } from 'eslint/config';
import tseslint from 'typescript-eslint';

export default defineConfig([
  ...tseslint.configs.recommended,
  { files: ['**/*.ts'], extends: [lifeguard.configs.recommended], languageOptions: { parser: tseslint.parser } },
]);
`;

const asPlugin = `import lifeguard from '@lifeguard/eslint-plugin';
import type { ESLint, Linter } from 'eslint';

const plugin: ESLint.Plugin = lifeguard;
const preset: Linter.Config = lifeguard.configs.strict;
export default [{ ...preset, plugins: { lifeguard: plugin } }] satisfies Linter.Config[];
`;

const hosts: readonly Host[] = ['eslint-9-latest', 'eslint'];

describe.each(hosts)('a typed configuration, with the types of the package %s', (host) => {
  it.each([
    ['defineConfig', viaDefineConfig],
    ['satisfies', viaSatisfies],
    ['typescript-eslint', viaTypescriptEslint],
    ['annotations', asPlugin],
  ])('takes the plugin and its presets: %s', async (name, text) => {
    expect(await compileConfig(name, host, text)).toEqual([]);
  });

  it('refuses a preset that does not exist', async () => {
    const [error = ''] = await compileConfig('misspelt', host, viaSatisfies.replace('configs.strict', 'configs.strikt'));
    expect(error).toContain("Property 'strikt' does not exist");
  });
});

it('takes the plugin and its presets where ESLint 9.15 has no `defineConfig` yet', async () => {
  expect(await compileConfig('satisfies', 'eslint-9', viaSatisfies)).toEqual([]);
});
