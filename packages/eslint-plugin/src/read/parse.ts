import { createRequire } from 'node:module';
import type { TSESTree } from '@typescript-eslint/utils';
import type { Scope } from '@typescript-eslint/utils/ts-eslint';

interface Parsed {
  readonly text: string;
  readonly ast: TSESTree.Program;
  readonly scopeManager: Scope.ScopeManager;
}

type Parse = (text: string, filename: string) => Parsed;

const require = createRequire(import.meta.url);
let loaded: Parse | undefined;

/** Parses a file that ESLint does not hand us; throws what the parser throws. */
export function parse(text: string, filename: string): Parsed {
  loaded ??= load();
  return loaded(text, filename);
}

/** The parser brings the TypeScript compiler: nobody should wait for it who follows nothing. */
function load(): Parse {
  // `require` cannot say what it gives; the versions of both are pinned.
  const estree = require('@typescript-eslint/typescript-estree') as typeof import('@typescript-eslint/typescript-estree');
  const scopes = require('@typescript-eslint/scope-manager') as typeof import('@typescript-eslint/scope-manager');
  return (text, filename) => {
    const ast = estree.parse(text, {
      comment: true,
      filePath: filename,
      jsx: /\.(?:[cm]?js|[jt]sx)$/u.test(filename),
      loc: true,
      range: true,
      tokens: false,
    });
    estree.simpleTraverse(ast, { enter: () => undefined }, true);
    return { text, ast, scopeManager: scopes.analyze(ast, { sourceType: 'module' }) };
  };
}
