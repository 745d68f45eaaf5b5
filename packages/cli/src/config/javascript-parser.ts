import * as typescript from '@typescript-eslint/parser';
import type { AST, Linter, SourceCode } from 'eslint';
import { analyze } from 'eslint-scope';
import { KEYS } from 'eslint-visitor-keys';
import * as espree from 'espree';

type Parser = Extract<Linter.Parser, { parseForESLint: unknown }>;
type Parsed = ReturnType<Parser['parseForESLint']>;
type Options = Readonly<Record<string, unknown>>;

/**
 * Reads `.js` as Node or a bundler would, whatever dialect it is written in.
 *
 * A `.js` file does not say whether it is a module, a CommonJS script or carries decorators, and
 * we look at other people's code without their configuration: a file is a syntax error only if no
 * dialect accepts it, and then the error of the first dialect is the one to show.
 */
export const javascriptParser: Parser = {
  meta: { name: 'lifeguard/javascript', version: '1' },
  parseForESLint(text, options: Options) {
    const first = options['sourceType'] === 'commonjs' ? 'commonjs' : 'module';
    const dialects = [
      () => parseEcmaScript(text, options, first),
      () => parseEcmaScript(text, options, first === 'module' ? 'commonjs' : 'module'),
      () => parseTypeScript(text, options),
    ];
    let firstError: unknown;
    for (const parse of dialects) {
      try {
        return parse();
      } catch (error) {
        firstError ??= error;
      }
    }
    throw firstError;
  },
};

function parseEcmaScript(
  text: string,
  options: Options,
  sourceType: 'module' | 'commonjs',
): Parsed {
  // Espree types its tree as acorn does, the scope analysis as ESTree does: the tree is the same.
  const ast = espree.parse(text, { ...options, sourceType }) as unknown as AST.Program;
  // ESLint would analyse scopes with the source type of its configuration, not with this one.
  const scopeManager = analyze(ast, {
    ignoreEval: true,
    nodejsScope: sourceType === 'commonjs',
    ecmaVersion: 2026,
    sourceType: sourceType === 'commonjs' ? 'script' : 'module',
    childVisitorKeys: KEYS,
    fallback: 'iteration',
    jsx: true,
  });
  return { ast, scopeManager };
}

function parseTypeScript(text: string, options: Options): Parsed {
  const { ast, scopeManager, services, visitorKeys } = typescript.parseForESLint(text, {
    ...options,
    sourceType: 'module',
  });
  return {
    ast,
    scopeManager,
    services: { ...services },
    // Its type allows for lists that are not there; none is missing.
    visitorKeys: visitorKeys as SourceCode.VisitorKeys,
  };
}
