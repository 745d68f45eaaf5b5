import { parse } from '@typescript-eslint/parser';
import type { TSESTree } from '@typescript-eslint/utils';
import { Edits } from './edits.ts';
import type { QueryUse } from './pool.ts';

/** A program ready to run: plain JavaScript whose free name `$` is the run's side of things. */
export interface Instrumented {
  readonly code: string;
  /** The lines of the acquires, ascending. */
  readonly sites: readonly number[];
}

const acquires = new Set(['connect', 'getConnection']);
const combinators = new Set(['then', 'catch', 'finally']);
/** Names the program is handed or that the language has; everything else may be undefined. */
const defined = new Set(['env', 'items', 'kept', 'Promise', 'Symbol']);

/**
 * Turns the text the linter sees into text Node 20 can run, changing only what the fake world must
 * know: each acquire gets its line, each query how its result is used, each bounded loop its bound,
 * and `using` becomes try/finally.
 */
export function instrument(source: string): Instrumented {
  const edits = new Edits(source);
  const sites = new Set<number>();
  const pools = new Set<string>();
  const program = parse(source, { range: true, loc: true, sourceType: 'module' });

  const visitStatement = (node: TSESTree.Node, parent: TSESTree.Node | undefined): void => {
    switch (node.type) {
      case 'ThrowStatement':
        edits.wrap(node.argument.range, '$.thrown(', ')');
        break;
      case 'WhileStatement':
      case 'DoWhileStatement':
      case 'ForStatement':
        edits.open(node.body.range[0] + 1, ' if ($.spent()) await $.never;');
        break;
      case 'VariableDeclaration':
        if (node.kind === 'using' || node.kind === 'await using') dispose(node, parent);
        break;
      default:
    }
  };

  const dispose = (node: TSESTree.VariableDeclaration, block: TSESTree.Node | undefined): void => {
    const [declarator] = node.declarations;
    if (declarator.id.type !== 'Identifier' || !block) throw new Error('using without a name');
    edits.replace([node.range[0], declarator.range[0]], 'const ');
    edits.open(node.range[1], ' try {');
    const release = `${declarator.id.name}?.release();`;
    edits.close(block.range[1] - 1, `} finally { ${release} ${node.kind === 'using' ? '' : 'await null; '}} `);
  };

  const visitCall = (node: TSESTree.CallExpression, parent: TSESTree.Node | undefined): void => {
    const { callee } = node;
    if (callee.type !== 'MemberExpression' || callee.property.type !== 'Identifier') return;
    const method = callee.property.name;
    // Left by a `finally` that jumps, or never awaited, it must not end the process of the tests.
    if (combinators.has(method)) edits.wrap(node.range, '$.tame(', ')');
    if (callee.object.type === 'Identifier' && pools.has(callee.object.name) && acquires.has(method)) {
      const { line } = callee.object.loc.start;
      sites.add(line);
      edits.firstArgument(node, String(line));
    } else if (method === 'query') {
      edits.firstArgument(node, JSON.stringify(useOf(node, parent)));
    }
  };

  const visit = (node: TSESTree.Node, parent: TSESTree.Node | undefined): void => {
    visitStatement(node, parent);
    if (node.type === 'ImportDeclaration') return edits.replace(node.range, '');
    if (node.type === 'ExportNamedDeclaration') edits.replace([node.range[0], node.range[0] + 6], '');
    if (node.type === 'VariableDeclarator' && node.init && makesPool(node.init)) {
      pools.add(source.slice(...node.id.range));
      return edits.replace(node.init.range, '$.pool');
    }
    if (node.type === 'CallExpression') visitCall(node, parent);
    if (node.type === 'MemberExpression' && !node.optional && node.object.type === 'Identifier') {
      const { name, range } = node.object;
      if (!defined.has(name) && !pools.has(name)) edits.wrap(range, '$.on(', ')');
    }
    if (node.type === 'Identifier' && /^p\d+$/.test(node.name)) {
      return edits.replace(node.range, `$.parameter('${node.name}')`);
    }
    if (node.type === 'Identifier' && /^g\d+$/.test(node.name)) {
      return edits.replace(node.range, `$.given('${node.name}')`);
    }
    for (const child of childrenOf(node)) visit(child, node);
  };

  visit(program, undefined);
  return { code: `${edits.apply()}\nreturn run;`, sites: [...sites].sort((a, b) => a - b) };
}

function makesPool(init: TSESTree.Expression): boolean {
  if (init.type === 'NewExpression') return init.callee.type === 'MemberExpression';
  if (init.type !== 'CallExpression' || init.callee.type !== 'MemberExpression') return false;
  return init.callee.property.type === 'Identifier' && init.callee.property.name === 'createPool';
}

function useOf(node: TSESTree.CallExpression, parent: TSESTree.Node | undefined): QueryUse {
  const last = node.arguments.at(-1);
  if (last?.type === 'ArrowFunctionExpression' || last?.type === 'FunctionExpression') return 'callback';
  return parent?.type === 'ExpressionStatement' || parent?.type === 'ChainExpression' ? 'now' : 'later';
}

/** In the order of the text; the parameters of a function are names, not reads. */
function childrenOf(node: TSESTree.Node): TSESTree.Node[] {
  const children: TSESTree.Node[] = [];
  for (const [key, value] of Object.entries(node)) {
    if (key === 'parent' || key === 'params' || key === 'loc' || key === 'range') continue;
    for (const part of Array.isArray(value) ? value : [value]) if (isNode(part)) children.push(part);
  }
  return children;
}

function isNode(value: unknown): value is TSESTree.Node {
  return typeof value === 'object' && value !== null && 'type' in value && 'range' in value;
}
