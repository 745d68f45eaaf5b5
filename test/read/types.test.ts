import { resolve } from 'node:path';
import * as typescriptParser from '@typescript-eslint/parser';
import type { TSESTree } from '@typescript-eslint/utils';
import { Linter } from 'eslint';
import { describe, expect, it } from 'vitest';
import { moduleOf } from '../../packages/eslint-plugin/src/read/module-of.ts';
import { originOf } from '../../packages/eslint-plugin/src/read/origin.ts';
import { print } from './program.ts';

const root = resolve(import.meta.dirname, '../..');

/** The origins of the arguments of `probe(…)`, with or without the checker. */
function originsIn(code: string, typeInformation: boolean, typed = true): string[] {
  const origins: string[] = [];
  const rule = {
    meta: { schema: false as const },
    create: (context: never) => ({
      CallExpression(node: TSESTree.CallExpression) {
        const [argument] = node.arguments;
        if (node.callee.type !== 'Identifier' || node.callee.name !== 'probe' || argument === undefined) return;
        origins.push(print(originOf(argument, moduleOf(context))));
      },
    }),
  };
  const messages = new Linter({ cwd: root }).verify(
    code,
    {
      files: ['**/*.ts'],
      languageOptions: {
        parser: typescriptParser,
        parserOptions: typed
          ? { projectService: { allowDefaultProject: ['*.ts'] }, tsconfigRootDir: root }
          : {},
      },
      plugins: { test: { rules: { probe: rule } } },
      rules: { 'test/probe': [2, { typeInformation }] },
    },
    { filename: resolve(root, 'program.ts') },
  );
  for (const { message } of messages) throw new Error(message);
  return origins;
}

describe('with the option, the checker is asked what syntax does not prove', () => {
  const pool = `import type { Pool } from 'pg'; declare const pools: Pool[]; const [first] = pools; const some = pools.find(Boolean)!; probe(some);`;
  const client = `import type { Pool } from 'pg'; declare const pools: Map<string, Pool>; const c = await pools.get('a')!.connect(); probe(c);`;

  it('knows the type of a call of another library', () => {
    expect(originsIn(pool, true)).toEqual(['pg Pool, types']);
    expect(originsIn(pool, false)).toEqual(['unknown']);
  });

  it('knows what an acquire resolves to', () => {
    expect(originsIn(client, true)).toEqual(['pg PoolClient, types']);
  });

  it('knows a promise', () => {
    const code = `import type { Pool } from 'pg'; declare const pools: Map<string, Pool>; probe(pools.get('a')!.connect());`;
    expect(originsIn(code, true)).toEqual(['promise of pg PoolClient, types']);
  });

  it('says what to set where there is no checker', () => {
    expect(() => originsIn(pool, true, false)).toThrow('parserOptions.projectService');
  });
});
