import * as typescriptParser from '@typescript-eslint/parser';
import { Linter } from 'eslint';

/** Lints a program with one rule and returns `messageId@line` for each finding. */
export function verify(rule: unknown, code: string, filename = '/src/app.ts', options: readonly unknown[] = []): string[] {
  const linter = new Linter({ cwd: '/' });
  const messages = linter.verify(
    code,
    {
      files: ['**/*.{js,cjs,mjs,jsx,ts,mts,cts,tsx}'],
      languageOptions: {
        parser: typescriptParser,
        parserOptions: { ecmaFeatures: { jsx: /x$/u.test(filename) } },
      },
      plugins: { lifeguard: { rules: { rule: rule as never } } },
      rules: { 'lifeguard/rule': [2, ...options] },
    },
    { filename },
  );
  return messages.map(({ messageId, message, line }) => `${messageId ?? message}@${line}`);
}
