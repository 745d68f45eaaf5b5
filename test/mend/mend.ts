import * as typescriptParser from '@typescript-eslint/parser';
import { type ESLint, Linter } from 'eslint';

const dist = new URL('../../packages/eslint-plugin/dist/index.js', import.meta.url);
const { default: plugin } = (await import(dist.href)) as { readonly default: ESLint.Plugin };
const linter = new Linter({ configType: 'flat', cwd: '/' });

/** The rules about obligations: mending for one must not break another. */
export const flowRules = [
  'require-release',
  'require-release-on-throw',
  'no-release-before-settled',
  'no-double-release',
  'no-use-after-release',
  'no-floating-release',
  'require-body-consumed',
] as const;

/** Who reads the program. */
export type Parser = 'espree' | 'typescript';

/** A suggestion, and the text it makes. */
export interface Mended {
  readonly title: string;
  readonly text: string;
}

/** What a rule says of a line. */
export interface Finding {
  readonly rule: string;
  readonly line: number;
  readonly mended: readonly Mended[];
}

/** Lints a program with the rules about obligations; throws where it does not parse. */
export function lint(text: string, parser: Parser = 'espree', ecmaVersion: 2024 | 2026 = 2026): readonly Finding[] {
  const filename = parser === 'espree' ? '/src/program.js' : text.includes('</') ? '/src/program.tsx' : '/src/program.ts';
  const parserOptions = { ecmaFeatures: { jsx: true } };
  const messages = linter.verify(
    text,
    {
      files: ['**/*.{js,ts,tsx}'],
      languageOptions: parser === 'espree' ? { ecmaVersion, parserOptions } : { ecmaVersion, parser: typescriptParser },
      plugins: { lifeguard: plugin },
      rules: Object.fromEntries(
        flowRules.map((id) => [`lifeguard/${id}`, id === 'require-body-consumed' ? [2, { checkFetch: true }] : 2]),
      ),
    },
    { filename },
  );
  return messages.map(({ ruleId, line, message, fatal, suggestions = [] }) => {
    if (fatal === true || ruleId === null) throw new Error(`${message} on line ${line} of\n${text}`);
    return {
      rule: ruleId.slice('lifeguard/'.length),
      line,
      mended: suggestions.map(({ desc, fix }) => ({
        title: desc,
        text: text.slice(0, fix.range[0]) + fix.text + text.slice(fix.range[1]),
      })),
    };
  });
}

const pools = `import pg from 'pg';
import mysql from 'mysql2/promise';

const pool = new pg.Pool();
const mpool = mysql.createPool({});
`;

/** A program with pools to ask: `pool` of pg, `mpool` of mysql2. */
export function withPools(program: string): string {
  return pools + program;
}

const kinds = { finally: 'Give ', using: 'Declare ', scope: 'Call ', await: 'Wait ', body: 'Drop ' } as const;

/** The texts that the suggestions of one kind make of a program, without the pools. */
export function mendsOf(program: string, parser: Parser, kind: keyof typeof kinds): readonly string[] {
  const texts = lint(withPools(program), parser).flatMap(({ mended }) =>
    mended.filter(({ title }) => title.startsWith(kinds[kind])).map(({ text }) => text.slice(pools.length)),
  );
  return [...new Set(texts)];
}
