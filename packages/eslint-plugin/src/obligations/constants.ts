import type { TSESTree } from '@typescript-eslint/utils';
import type { Scope } from '@typescript-eslint/utils/ts-eslint';
import { isFunction } from '../read/syntax.ts';
import { visitAll } from '../read/walk.ts';
import type { Run } from './run.ts';
import { variableOf } from './variable.ts';

/** A constant, and the expression it was made of. */
interface Constant {
  readonly name: TSESTree.Identifier;
  readonly value: TSESTree.Node;
}

const known = new WeakMap<Scope.Variable, readonly Constant[]>();

/** The constants that are made of what a variable holds: `const isOwn = !client`. */
export function constantsFrom(variable: Scope.Variable): readonly Constant[] {
  let constants = known.get(variable);
  if (constants === undefined) known.set(variable, (constants = variable.references.flatMap(({ identifier }) => constantAround(identifier) ?? [])));
  return constants;
}

function constantAround(node: TSESTree.Node): Constant | undefined {
  for (let at = node; at.parent != null; at = at.parent) {
    const { parent } = at;
    if (parent.type === 'VariableDeclarator') {
      const isConstant = parent.init === at && parent.id.type === 'Identifier' && parent.parent.kind === 'const';
      return isConstant && parent.id.type === 'Identifier' ? { name: parent.id, value: at } : undefined;
    }
    if (!asks.has(parent.type)) return undefined;
  }
  return undefined;
}

/** What a condition is made of, up to the constant it is kept in. */
const asks: ReadonlySet<string> = new Set(['BinaryExpression', 'CallExpression', 'LogicalExpression', 'UnaryExpression']);

/** Is a variable given another value between two places of the text? It has that once the value is there. */
export function isWrittenBetween({ references }: Scope.Variable, from: TSESTree.Node, to: TSESTree.Node): boolean {
  return references.some((reference) => {
    const place = reference.writeExpr?.range[1] ?? reference.identifier.range[0];
    return reference.isWrite() && place > from.range[1] && place < to.range[0];
  });
}

const mentioned = new WeakMap<TSESTree.Node, readonly Scope.Variable[]>();

/** The variables that an expression mentions outside of functions. */
export function variablesIn(run: Run, node: TSESTree.Node): readonly Scope.Variable[] {
  const before = mentioned.get(node);
  if (before !== undefined) return before;
  const found: Scope.Variable[] = [];
  visitAll(
    node,
    (inner) => {
      const variable = inner.type === 'Identifier' ? variableOf(inner, run.module) : undefined;
      if (variable !== undefined) found.push(variable);
    },
    (inner) => !isFunction(inner),
  );
  mentioned.set(node, found);
  return found;
}
