import type { TSESTree } from '@typescript-eslint/utils';
import type { Scope } from '@typescript-eslint/utils/ts-eslint';
import { bare, functionAround, isFunction } from '../read/syntax.ts';
import { visitAll } from '../read/walk.ts';
import { within, type Run } from './run.ts';
import { variableOf } from './variable.ts';

/**
 * What the caller gave, where a variable still holds just that: `let tx = options.tx; if (!tx) …`.
 *
 * It may be asked for by its own name later: `if (!options.tx) await tx.commit()`.
 */
export function givenTo(run: Run, node: TSESTree.Identifier): TSESTree.Node | undefined {
  const variable = variableOf(node, run.module);
  const [definition, other] = variable?.defs ?? [];
  if (variable === undefined || definition?.type !== 'Variable' || other !== undefined) return undefined;
  const { init, id, parent } = definition.node;
  if (init === null || id.type !== 'Identifier' || !startsGiven(run, variable, init)) return undefined;
  // In a loop, what stands behind a mention may have come before it.
  const loop = loopAround(node);
  if (loop !== undefined && !within(parent, loop)) return undefined;
  const isUntouched = variable.references.every((reference) => !reference.isWrite() || reference.init === true || reference.identifier.range[0] > node.range[0]);
  return isUntouched ? bare(init) : undefined;
}

const known = new WeakMap<Scope.Variable, boolean>();

function startsGiven(run: Run, variable: Scope.Variable, init: TSESTree.Node): boolean {
  let is = known.get(variable);
  if (is === undefined) known.set(variable, (is = isGiven(run, init)));
  return is;
}

/** Is it something that the function was given, or a field of its object, which it leaves as it is? */
function isGiven(run: Run, node: TSESTree.Node): boolean {
  const value = bare(node);
  if (value.type === 'LogicalExpression') return isGiven(run, value.left) && isGiven(run, value.right);
  let root: TSESTree.Node = value;
  while (root.type === 'MemberExpression' && !root.computed) root = bare(root.object);
  if (root.type === 'Identifier') {
    const variable = variableOf(root, run.module);
    if (variable === undefined || variable.references.some((reference) => reference.isWrite() && reference.init !== true)) return false;
  } else if (root.type !== 'ThisExpression') return false;
  return value.type === 'Identifier' || (value.type === 'MemberExpression' && !isAssigned(run, run.module.text.slice(...value.range), functionAround(node) ?? run.graph.root));
}

function isAssigned(run: Run, text: string, fn: TSESTree.Node): boolean {
  let found = false;
  visitAll(fn, (node) => {
    if (node.type === 'AssignmentExpression' && run.module.text.slice(...node.left.range) === text) found = true;
  });
  return found;
}

/** The nearest loop around a node, in the function it stands in. */
function loopAround(node: TSESTree.Node): TSESTree.Node | undefined {
  for (let at = node.parent; at != null && !isFunction(at); at = at.parent) {
    if (at.type === 'ForStatement' || at.type === 'ForInStatement' || at.type === 'ForOfStatement' || at.type === 'WhileStatement' || at.type === 'DoWhileStatement') return at;
  }
  return undefined;
}
