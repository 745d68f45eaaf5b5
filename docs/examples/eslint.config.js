import lifeguard from '@lifeguard/eslint-plugin';
import { defineConfig } from 'eslint/config';
import tseslint from 'typescript-eslint';

export default defineConfig([
  { ignores: ['dist/'] },
  { files: ['**/*.ts'], languageOptions: { parser: tseslint.parser } },
  lifeguard.configs.recommended,
]);
