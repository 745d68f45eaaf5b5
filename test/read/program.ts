import * as typescriptParser from '@typescript-eslint/parser';
import type { TSESTree } from '@typescript-eslint/utils';
import { Linter } from 'eslint';
import type { Module } from '../../packages/eslint-plugin/src/read/module.ts';
import { moduleOf } from '../../packages/eslint-plugin/src/read/module-of.ts';
import type { Origin } from '../../packages/eslint-plugin/src/read/origin.ts';

/** How a program is read: which parser, where it stands, with which settings. */
export interface Reading {
  readonly parser?: 'espree' | 'typescript';
  readonly filename?: string;
  readonly settings?: Record<string, unknown>;
  readonly sourceType?: 'module' | 'commonjs' | 'script';
}

/** Runs `ask` on the arguments of all calls of `probe(…)` in a program. */
export function probe<T>(
  code: string,
  reading: Reading,
  ask: (node: TSESTree.Node, module: Module) => T,
): T[] {
  const { parser = 'typescript', filename = '/program.ts', settings = {}, sourceType = 'module' } = reading;
  const answers: T[] = [];
  const linter = new Linter({ cwd: '/' });
  const messages = linter.verify(
    code,
    {
      files: ['**/*.{js,cjs,mjs,jsx,ts,mts,cts,tsx}'],
      languageOptions: { sourceType, ...(parser === 'typescript' ? { parser: typescriptParser } : {}) },
      settings: { lifeguard: settings },
      plugins: {
        test: {
          rules: {
            probe: {
              create: (context: never) => ({
                CallExpression(node: TSESTree.CallExpression) {
                  if (node.callee.type !== 'Identifier' || node.callee.name !== 'probe') return;
                  const [argument] = node.arguments;
                  if (argument !== undefined) answers.push(ask(argument, moduleOf(context)));
                },
              }),
            },
          },
        },
      },
      rules: { 'test/probe': 2 },
    },
    { filename },
  );
  for (const { message } of messages) throw new Error(message);
  return answers;
}

/** An origin in one line. */
export function print(origin: Origin | undefined): string {
  switch (origin?.kind) {
    case undefined:
      return 'unknown';
    case 'foreign':
      return 'foreign';
    case 'module':
      return `module ${origin.module}`;
    case 'export':
      return `export ${origin.module} ${origin.export}`;
    case 'instance':
    case 'promise': {
      const kind = origin.kind === 'promise' ? 'promise of ' : '';
      const proof = origin.proof === 'import' ? '' : `, ${origin.proof}`;
      return `${kind}${origin.driver.name} ${origin.type}${proof}`;
    }
  }
}
