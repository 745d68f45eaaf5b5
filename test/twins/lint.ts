import * as typescriptParser from '@typescript-eslint/parser';
import { Linter } from 'eslint';
import plugin from '../../packages/eslint-plugin/dist/index.js';
import type { Misdeed, Sighting } from './mark.ts';
import type { Program } from './program.ts';

/** What each rule is about. */
const misdeeds: Readonly<Record<string, Misdeed>> = {
  'lifeguard/require-release': 'leak',
  'lifeguard/require-release-on-throw': 'leak',
  'lifeguard/no-double-release': 'double release',
  'lifeguard/no-use-after-release': 'late use',
  'lifeguard/no-release-before-settled': 'early release',
  'lifeguard/no-floating-release': 'floating release',
};

/** What the linter says of a program with its preset `recommended`; of another rule, or of an error, its message. */
export function readByLint({ file, text }: Program): readonly Sighting[] {
  const { rules } = plugin.configs.recommended;
  const config = { files: ['**/*.ts'], plugins: { lifeguard: plugin }, rules, languageOptions: { parser: typescriptParser } };
  return new Linter({ cwd: '/' }).verify(text, config, { filename: file })
    .map(({ line, ruleId, message }) => ({ line, what: misdeeds[ruleId ?? ''] ?? `${ruleId ?? 'ESLint'}: ${message}` }));
}
