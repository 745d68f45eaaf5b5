import * as typescriptParser from '@typescript-eslint/parser';
import type { Linter } from 'eslint';
import { javascriptParser } from './javascript-parser.ts';
import { presetOf, type PresetName } from './preset.ts';

const javascript = ['**/*.js', '**/*.jsx', '**/*.mjs', '**/*.cjs'];
const typescript = ['**/*.ts', '**/*.tsx', '**/*.mts', '**/*.cts'];

/**
 * The configuration that checks any project without one of its own.
 *
 * Each preset has a module of this folder whose default export is such a configuration: ESLint
 * loads it by path, in every worker anew, because a plugin object cannot be sent to a thread.
 */
export function builtin(preset: Exclude<PresetName, 'recommendedTypeChecked'>): Linter.Config[] {
  return [...languages({}), ...presetOf(preset)];
}

/** {@link builtin} with type information for TypeScript; plain JavaScript has none. */
export function builtinTypeChecked(): Linter.Config[] {
  return [
    ...languages({ projectService: true, tsconfigRootDir: process.cwd() }),
    ...presetOf('recommended').map((config) => ({ ...config, files: javascript })),
    ...presetOf('recommendedTypeChecked').map((config) => ({ ...config, files: typescript })),
  ];
}

function languages(typeInformation: Linter.ParserOptions): Linter.Config[] {
  return [
    {
      name: 'lifeguard/ignore-nothing',
      // What is checked was decided when the files were found; ESLint's defaults must not undo it.
      ignores: ['!**/node_modules/', '!.git/', '!**/.git/'],
    },
    {
      name: 'lifeguard/any-project',
      linterOptions: { reportUnusedDisableDirectives: 'off', reportUnusedInlineConfigs: 'off' },
    },
    {
      name: 'lifeguard/javascript',
      files: javascript,
      languageOptions: {
        parser: javascriptParser,
        parserOptions: { ecmaFeatures: { jsx: true } },
      },
    },
    {
      name: 'lifeguard/typescript',
      files: typescript,
      languageOptions: {
        parser: typescriptParser,
        parserOptions: { warnOnUnsupportedTypeScriptVersion: false, ...typeInformation },
      },
    },
  ];
}
