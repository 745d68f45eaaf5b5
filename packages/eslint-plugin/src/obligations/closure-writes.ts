import type { TSESTree } from '@typescript-eslint/utils';
import { methodOf } from '../read/member.ts';
import { callsWithin } from '../read/nodes.ts';
import { emitterMethods } from '../read/protocol.ts';
import { bare, isFunction, isNothing, type FunctionNode } from '../read/syntax.ts';
import { returnedBy, visitAll } from '../read/walk.ts';
import { truthGiven, truthOfProperty } from './comparison.ts';
import { fixedValueAt } from './fixed-value.ts';
import { countFrom } from './count.ts';
import { isReleaseName, isReleaser, mentionsIn } from './mention.ts';
import { inRoot, within, type Run } from './run.ts';
import { changedKey, withFact, withoutBase, type State } from './state.ts';
import { variableOf } from './variable.ts';

/** An assignment in a function to what is declared outside of it. */
interface Write {
  readonly target: TSESTree.Identifier | TSESTree.MemberExpression;
  /** What is assigned whenever the function runs to its end; `undefined` where that is not sure, or not written down. */
  readonly value: TSESTree.Node | undefined;
}

/** The state after a function that was called here has run, and whether all that it assigns is known. */
export function afterWrites(run: Run, state: State, fn: FunctionNode): { readonly state: State; readonly isSure: boolean } {
  let reached = state;
  let isSure = true;
  for (const { target, value } of writesOf(run, fn)) {
    reached = countFrom(run, reached, target, value);
    // What led to the resource may have been emptied: `client = undefined`.
    const variable = target.type === 'Identifier' ? variableOf(target, run.module) : undefined;
    if (state.tokens.some(({ base }) => base === variable)) isSure = false;
    for (const [key, leaf] of run.keys) {
      const truth = truthAfter(run, key, leaf, target, value);
      if (truth === 'untouched') continue;
      reached = withFact(reached, key, truth);
      if (truth === undefined) isSure = false;
    }
  }
  return { state: reached, isSure };
}

/** The state once a function has emptied, whenever it runs to its end, what led to the resource: `client = undefined`. */
export function emptied(run: Run, state: State, fn: FunctionNode): State {
  return writesOf(run, fn).reduce((reached, { target, value }) => {
    const variable = target.type === 'Identifier' && value !== undefined && isNothing(value) ? variableOf(target, run.module) : undefined;
    return variable === undefined ? reached : withoutBase(reached, variable);
  }, state);
}

/** The state after a call of a function of this one that has nothing to do with the resource: `opened()`, which notes what is so. */
export function afterNote(run: Run, state: State, call: TSESTree.CallExpression | TSESTree.NewExpression): State {
  const { callee } = call;
  const variable = run.keys.size > 0 && callee.type === 'Identifier' ? variableOf(callee, run.module) : undefined;
  const node = variable?.defs[0]?.node;
  const fn = node?.type === 'VariableDeclarator' && node.init !== null ? bare(node.init) : node;
  if (fn === undefined || !isFunction(fn) || !inRoot(run, fn) || fn === run.graph.root || mentionsIn(state, fn).length > 0) return state;
  // Not sure of one that may end before, nor of one that nobody waits for.
  const mayNot = (fn.async && call.parent.type !== 'AwaitExpression') || (fn.body.type === 'BlockStatement' && returnedBy(fn).length > 0);
  if (mayNot) return whileMayRun(run, state, fn);
  let reached = state;
  for (const { target, value } of writesOf(run, fn)) {
    for (const [key, leaf] of run.keys) {
      const truth = truthAfter(run, key, leaf, target, value);
      if (truth === undefined) return whileMayRun(run, state, fn);
      if (truth !== 'untouched') reached = withFact(reached, key, truth);
    }
  }
  return reached;
}

/**
 * The state once a function may run at any time: what it assigns is no longer known.
 *
 * What it assigns may tell that the resource went into other hands; then nothing is owed on the way
 * on which it has been assigned.
 */
export function whileMayRun(run: Run, state: State, fn: FunctionNode): State {
  if (run.keys.size === 0) return state;
  let reached = state;
  for (const { target, value } of writesOf(run, fn)) {
    reached = countFrom(run, reached, target, undefined);
    for (const [key, leaf] of run.keys) {
      const before = state.facts.get(key);
      if (before === undefined || truthAfter(run, key, leaf, target, value) === 'untouched') continue;
      reached = withFact(reached, key, undefined);
      if (!onlyNotes(run, state, fn)) reached = withFact(reached, changedKey(key), !before);
    }
  }
  return reached;
}

function truthAfter(run: Run, key: string, leaf: TSESTree.Node, target: Write['target'], value: TSESTree.Node | undefined): boolean | 'untouched' | undefined {
  const truth = truthGiven(run, key, leaf, target, value === undefined ? undefined : fixedValueAt(value, run.module));
  return truth === undefined && value !== undefined ? truthOfProperty(run, key, target, value) : truth;
}

/** Does it only take note of an event, or run before there is a resource and release nothing? */
function onlyNotes(run: Run, state: State, fn: FunctionNode): boolean {
  if (state.status === 'unopened' || state.status === 'opening') {
    return !callsWithin(fn, run.module).some((call) => {
      const callee = bare(call.callee);
      const method = methodOf(call)?.name;
      return method === undefined ? callee.type === 'Identifier' && isReleaser(callee.name) : isReleaseName(run, method) || isReleaser(method);
    });
  }
  // `request.on('close', () => { aborted = true; })`
  const { parent } = fn;
  const method = methodOf(parent);
  if (method === undefined || !emitterMethods.has(method.name) || method.object.type !== 'Identifier') return false;
  const definition = variableOf(method.object, run.module)?.defs[0];
  if (definition?.type !== 'Parameter' || state.tokens.some(({ base }) => 'defs' in base && base.defs[0] === definition)) return false;
  return callsWithin(fn, run.module).length === 0;
}

const known = new WeakMap<FunctionNode, readonly Write[]>();

function writesOf(run: Run, fn: FunctionNode): readonly Write[] {
  const found = known.get(fn);
  if (found !== undefined) return found;
  const writes: Write[] = [];
  visitAll(fn.body, (node) => {
    const written = node.type === 'AssignmentExpression' ? node.left : node.type === 'UpdateExpression' ? node.argument : undefined;
    const target = written === undefined ? undefined : bare(written);
    if (target?.type !== 'Identifier' && target?.type !== 'MemberExpression') return;
    const variable = target.type === 'Identifier' ? variableOf(target, run.module) : undefined;
    if (variable !== undefined && within(variable.scope.block, fn)) return;
    const isSure = node.type === 'AssignmentExpression' && node.operator === '=' && (node.parent === fn || (node.parent.type === 'ExpressionStatement' && node.parent.parent === fn.body));
    writes.push({ target, value: isSure ? bare(node.right) : undefined });
  });
  known.set(fn, writes);
  return writes;
}

/** Is a function only ever called, by its name, so that each of its runs is seen? */
export function isOnlyCalled(run: Run, fn: FunctionNode): boolean {
  const { parent } = fn;
  if (parent.type !== 'VariableDeclarator' || parent.id.type !== 'Identifier') return false;
  const references = variableOf(parent.id, run.module)?.references ?? [];
  return references.every(({ identifier, init }) => init === true || (identifier.parent.type === 'CallExpression' && identifier.parent.callee === identifier));
}
