import { createRequire } from 'node:module';
import type { TSESTree } from '@typescript-eslint/utils';
import type { Scope } from '@typescript-eslint/utils/ts-eslint';
import { pushChildren } from './walk.ts';

interface Parsed {
  readonly text: string;
  readonly ast: TSESTree.Program;
  readonly scopeManager: Scope.ScopeManager;
}

/** The parser of the file under analysis, where it is one that reads JavaScript alone. */
export interface JavaScriptParser {
  parse(text: string, options: Readonly<Record<string, unknown>>): unknown;
}

const require = createRequire(import.meta.url);

/** Espree is there and warm wherever it parsed the linted file; other parsers tell nothing of themselves. */
export function javaScriptParserOf(parser: unknown): JavaScriptParser | undefined {
  return isParser(parser) && parser.name === 'espree' ? parser : undefined;
}

function isParser(value: unknown): value is JavaScriptParser & { readonly name: unknown } {
  return typeof value === 'object' && value !== null && 'name' in value && 'parse' in value && typeof value.parse === 'function';
}

/**
 * Parses a file that ESLint does not hand us; throws what the parser throws.
 *
 * The TypeScript compiler, which takes long to load, is asked only where nothing else can read it.
 */
export function parse(text: string, filename: string, javaScript: JavaScriptParser | undefined): Parsed {
  const isJavaScript = /\.[cm]?jsx?$/u.test(filename);
  const sourceType = /^\s*(?:import|export)\b/mu.test(text) ? 'module' : 'commonjs';
  const ast = (isJavaScript ? parseJavaScript(text, sourceType, javaScript) : undefined) ?? parseTypeScript(text, filename);
  complete(ast);
  // `require` cannot say what it gives; the version is pinned.
  const scopes = require('@typescript-eslint/scope-manager') as typeof import('@typescript-eslint/scope-manager');
  return { text, ast, scopeManager: scopes.analyze(ast, { lib: [], sourceType: 'module' }) };
}

function parseJavaScript(text: string, sourceType: string, parser: JavaScriptParser | undefined): TSESTree.Program | undefined {
  if (parser === undefined) return undefined;
  try {
    const options = { comment: true, ecmaFeatures: { jsx: true }, ecmaVersion: 'latest', loc: false, range: true, sourceType };
    const ast = parser.parse(text, options);
    return isProgram(ast) ? ast : undefined;
  } catch {
    // Types in a `.js` file, for instance.
    return undefined;
  }
}

function isProgram(value: unknown): value is TSESTree.Program {
  return typeof value === 'object' && value !== null && 'type' in value && value.type === 'Program';
}

function parseTypeScript(text: string, filename: string): TSESTree.Program {
  // As above.
  const estree = require('@typescript-eslint/typescript-estree') as typeof import('@typescript-eslint/typescript-estree');
  return estree.parse(text, {
    comment: true,
    filePath: filename,
    jsx: /\.(?:[cm]?js|[jt]sx)$/u.test(filename),
    loc: true,
    range: true,
    tokens: false,
  });
}

const noTypes: ReadonlyMap<string, object> = new Map([
  ...['ClassDeclaration', 'ClassExpression'].map((type) => [type, { decorators: [], implements: [] }] as const),
  ...[
    'ArrayPattern', 'AssignmentPattern', 'Identifier', 'MethodDefinition', 'ObjectPattern', 'PropertyDefinition', 'RestElement',
  ].map((type) => [type, { decorators: [] }] as const),
]);

/** Sets the parents, and adds the empty lists that espree leaves out and the analysis of scopes goes through unasked. */
function complete(ast: TSESTree.Program): void {
  const pending: TSESTree.Node[] = [ast];
  for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
    const lists = noTypes.get(node.type);
    if (lists !== undefined && !('decorators' in node)) Object.assign(node, lists);
    const first = pending.length;
    pushChildren(pending, node);
    for (let index = first; index < pending.length; index += 1) {
      const child = pending[index];
      if (child !== undefined) child.parent = node;
    }
  }
}
