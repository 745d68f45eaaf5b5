import type { TSESTree } from '@typescript-eslint/utils';
import type { Scope } from '@typescript-eslint/utils/ts-eslint';
import { memberName } from '../read/member.ts';
import { bare, functionAround } from '../read/syntax.ts';
import { bindPattern } from './bind.ts';
import { conditionKey } from './conditions.ts';
import { isVariable } from './mention.ts';
import { rememberValue } from './remember.ts';
import { inRoot, tokenOf, within, type Run } from './run.ts';
import { owes, withFact, withoutBase, withTokens, type State } from './state.ts';
import type { View } from '../read/sites.ts';
import { carries, viewsOf, wrapped } from './values.ts';
import { isModuleWide, variableOf } from './variable.ts';

/** What an assignment does; `undefined` where the resource is in other hands afterwards. */
export function assign(run: Run, state: State, node: TSESTree.AssignmentExpression): State | undefined {
  const target = bare(node.left);
  const remembered = rememberValue(run, state, target, node.right, node.operator);
  if (state.status === 'unopened') return remembered;
  if (target.type === 'MemberExpression') {
    if (!carries(run, state, node.right)) return remembered;
    if (state.status === 'released' || state.status === 'uncertain') return remembered;
    // A property of the resource itself: `client.release = …` wraps, it stores nothing.
    if (viewsOf(run, state, target.object).length > 0) return remembered;
    const object = bare(target.object);
    const place = ownObject(run, object, node);
    const name = memberName(target);
    if (place !== undefined && name !== undefined) {
      return withTokens(remembered, viewsOf(run, remembered, node.right).map(({ path, role }) => tokenOf(run, place, { path: path === '' ? name : `${name}.${path}`, role })));
    }
    if (object.type === 'ThisExpression') run.found.fields.add(node);
    return undefined;
  }
  const views = valueOf(run, remembered, node.right);
  if (views.length > 0 && target.type === 'Identifier') {
    const variable = variableOf(target, run.module);
    if (variable === undefined || isOutside(run, variable)) return undefined;
  }
  return rebind(run, remembered, target, views, node);
}

/** The variable of an object that a function made with `{}` and has shown to nobody before an assignment to a member of it. */
function ownObject(run: Run, object: TSESTree.Node, { range }: TSESTree.Node): Scope.Variable | undefined {
  const variable = object.type === 'Identifier' ? variableOf(object, run.module) : undefined;
  const definition = variable?.defs[0];
  if (variable === undefined || definition?.type !== 'Variable' || isModuleWide(variable) || !inRoot(run, definition.node)) return undefined;
  const made = definition.node.init === null ? undefined : bare(definition.node.init);
  if (made?.type !== 'ObjectExpression') return undefined;
  const isOwn = variable.references.every(({ identifier, init, from }) => {
    if (init === true) return true;
    if (identifier.parent.type === 'AssignmentExpression' && identifier.parent.left === identifier) return false;
    if (from.variableScope !== variable.scope.variableScope) return false;
    const isMember = identifier.parent.type === 'MemberExpression' && identifier.parent.object === identifier;
    return isMember || identifier.range[0] > range[1];
  });
  return isOwn ? variable : undefined;
}

/**
 * Does a variable outlive the function, so that others may release what it holds?
 *
 * A variable of the module that each function assigns before it reads is none such: the next call
 * overwrites it.
 */
function isOutside(run: Run, variable: Scope.Variable): boolean {
  if (inRoot(run, variable.scope.block) && variable.scope.block.type !== 'Program') return false;
  if (variable.defs[0]?.type !== 'Variable') return true;
  if (!isModuleWide(variable)) return !isOwnOnly(run, variable);
  const { parent } = variable.defs[0];
  if (parent.parent.type !== 'Program') return true;
  const first = new Map<TSESTree.Node, Scope.Reference>();
  for (const reference of variable.references) {
    if (reference.init === true) continue;
    const home = functionAround(reference.identifier);
    if (home === undefined) return true;
    const known = first.get(home);
    if (known === undefined || placeOf(reference) < placeOf(known)) first.set(home, reference);
  }
  // What one function alone keeps it may keep for all; not what it gives to each of its callers.
  if (first.size < 2 && !variable.references.some(({ identifier }) => identifier.parent.type === 'ReturnStatement')) return true;
  return ![...first.values()].every((reference) => reference.isWriteOnly() && !isPassedBy(reference, variable));
}

/** Is a variable of a function around this one mentioned in this one alone, and filled anew by each call of it? */
function isOwnOnly(run: Run, variable: Scope.Variable): boolean {
  const own = variable.references.filter(({ init }) => init !== true);
  const [first] = [...own].sort((one, other) => placeOf(one) - placeOf(other));
  return first?.isWriteOnly() === true && !isPassedBy(first, variable) && own.every(({ identifier }) => inRoot(run, identifier));
}

/** May the function read the variable without this assignment: `if (!opened) kept = await open(); return kept`? */
function isPassedBy({ identifier }: Scope.Reference, variable: Scope.Variable): boolean {
  const home = functionAround(identifier);
  let branch: TSESTree.Node = identifier;
  while (branch.parent != null && branch.parent !== home && !branches.has(branch.parent.type)) branch = branch.parent;
  const { parent } = branch;
  if (parent == null || parent === home || ('test' in parent && parent.test === branch)) return false;
  return variable.references.some((other) => other.isRead() && functionAround(other.identifier) === home && !within(other.identifier, branch));
}

const branches: ReadonlySet<string> = new Set(['IfStatement', 'ConditionalExpression', 'LogicalExpression', 'SwitchCase']);

/** Where a reference takes effect: `kept = kept ?? …` reads before it writes. */
function placeOf({ identifier, writeExpr }: Scope.Reference): number {
  return writeExpr?.range[1] ?? identifier.range[0];
}

/** What a variable leads to once it has a value, an object around the resource included. */
function valueOf(run: Run, state: State, node: TSESTree.Node): readonly View[] {
  const views = viewsOf(run, state, node);
  if (views.length > 0 || state.status === 'released' || !carries(run, state, node)) return views;
  return [{ path: wrapped, role: 'resource' }];
}

/** What a declaration does. */
export function declare(run: Run, state: State, node: TSESTree.VariableDeclarator): State | undefined {
  if (node.init === null) return begin(run, state, node);
  const remembered = rememberValue(run, state, node.id, node.init, '=');
  if (state.status === 'unopened') return remembered;
  return rebind(run, remembered, node.id, valueOf(run, remembered, node.init), node);
}

/** `let client;` in a loop is a new variable in each turn, with nothing in it. */
function begin(run: Run, state: State, { id, parent }: TSESTree.VariableDeclarator): State {
  if (parent.parent.type !== 'BlockStatement' && parent.parent.type !== 'SwitchCase') return state;
  const variable = variableOf(id, run.module);
  if (variable === undefined) return state;
  const key = conditionKey(run, id);
  const home = functionAround(id);
  const isOwn = variable.references.every((reference) => !reference.isWrite() || functionAround(reference.identifier) === home);
  const told = key !== undefined && run.keys.has(key) ? withFact(state, key, isOwn ? false : undefined) : state;
  return withoutBase(told, variable);
}

function rebind(
  run: Run,
  state: State,
  pattern: TSESTree.Node,
  views: Parameters<typeof bindPattern>[3],
  node: TSESTree.Node,
): State | undefined {
  const before = state.tokens.some((token) => isVariable(token.base));
  const reached = bindPattern(run, state, pattern, views);
  const after = reached.tokens.some((token) => isVariable(token.base));
  if (before && !after && owes(state)) run.found.overwrites.add(node);
  return reached;
}
