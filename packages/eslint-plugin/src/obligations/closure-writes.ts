import type { TSESTree } from '@typescript-eslint/utils';
import { methodOf } from '../read/member.ts';
import { callsWithin } from '../read/nodes.ts';
import { emitterMethods } from '../read/protocol.ts';
import { bare, type FunctionNode } from '../read/syntax.ts';
import { visitAll } from '../read/walk.ts';
import { compared, speaksOf } from './comparison.ts';
import { conditionKey } from './conditions.ts';
import { isReleaseName, isReleaser } from './mention.ts';
import { within, type Run } from './run.ts';
import { changedKey, withFact, type State } from './state.ts';
import { variableOf } from './variable.ts';

/** An assignment in a function to what is declared outside of it. */
interface Write {
  readonly target: TSESTree.Identifier | TSESTree.MemberExpression;
  readonly name: string;
  /** What is assigned whenever the function runs to its end; `undefined` where that is not sure, or not written down. */
  readonly value: TSESTree.Node | undefined;
}

/** The state after a function that was called here has run, and whether all that it assigns is known. */
export function afterWrites(run: Run, state: State, fn: FunctionNode): { readonly state: State; readonly isSure: boolean } {
  let reached = state;
  let isSure = true;
  for (const { target, name, value } of writesOf(run, fn)) {
    // What led to the resource may have been emptied: `client = undefined`.
    const variable = target.type === 'Identifier' ? variableOf(target, run.module) : undefined;
    if (state.tokens.some(({ base }) => base === variable)) isSure = false;
    for (const key of run.keys) {
      const truth = truthAfter(run, key, target, name, value);
      if (truth === 'untouched') continue;
      reached = withFact(reached, key, truth);
      if (truth === undefined) isSure = false;
    }
  }
  return { state: reached, isSure };
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
  for (const { target, name, value } of writesOf(run, fn)) {
    for (const key of run.keys) {
      const before = state.facts.get(key);
      if (before === undefined || truthAfter(run, key, target, name, value) === 'untouched') continue;
      reached = withFact(reached, key, undefined);
      if (!onlyNotes(run, state, fn)) reached = withFact(reached, changedKey(key), !before);
    }
  }
  return reached;
}

function truthAfter(run: Run, key: string, target: Write['target'], name: string, value: TSESTree.Node | undefined): boolean | 'untouched' | undefined {
  if (conditionKey(run, target) === key) return value?.type === 'Literal' ? Boolean(value.value) : undefined;
  if (!speaksOf(key, name)) return 'untouched';
  return value === undefined ? undefined : compared(key, name, value);
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
    writes.push({ target, name: run.module.text.slice(...target.range), value: isSure ? bare(node.right) : undefined });
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
