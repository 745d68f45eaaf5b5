import type { TSESTree } from '@typescript-eslint/utils';
import type { FlowRoot } from '../graph/graph.ts';
import { methodOf } from '../read/member.ts';
import { callsWithin } from '../read/nodes.ts';
import { bare, isFunction } from '../read/syntax.ts';
import { visitAll } from '../read/walk.ts';
import { conditionKey, leavesOf } from './conditions.ts';
import { isReleaseName, isReleaser } from './mention.ts';
import type { Run } from './run.ts';
import { variableOf } from './variable.ts';

/** More correlated conditions than this are not followed: each may double the states. */
const mostKeys = 4;

/** The conditions that guard a release in a function: `if (ownsClient) client.release()`. */
export function guardKeys(run: Run, root: FlowRoot): ReadonlySet<string> {
  const byType = known.get(root) ?? new Map<string, ReadonlySet<string>>();
  known.set(root, byType);
  const keys = byType.get(run.protocol.type) ?? findKeys(run, root);
  byType.set(run.protocol.type, keys);
  return keys;
}

const known = new WeakMap<FlowRoot, Map<string, ReadonlySet<string>>>();

function findKeys(run: Run, root: FlowRoot): ReadonlySet<string> {
  const guards = new Map<string, TSESTree.Node>();
  const telling = new Set<string>();
  const passed = new Map<TSESTree.BlockStatement, number>();
  for (const call of callsWithin(root, run.module)) {
    if (call.type !== 'CallExpression' || !looksLikeRelease(run, call)) continue;
    for (const test of guardsOf(call, root, passed)) {
      for (const leaf of leavesOf(run, test)) {
        const key = conditionKey(run, leaf);
        if (key === undefined) continue;
        if (!guards.has(key)) guards.set(key, leaf);
        if (!isReleasedBy(call, leaf)) telling.add(key);
      }
    }
  }
  if (guards.size <= mostKeys) return new Set(guards.keys());
  const tested = testCounts(run, root);
  const correlated = [...guards].filter(([key, leaf]) => (tested.get(key) ?? 0) + changes(run, leaf) > 1);
  const first = [...correlated.filter(([key]) => telling.has(key)), ...correlated.filter(([key]) => !telling.has(key))];
  return new Set(first.slice(0, mostKeys).map(([key]) => key));
}

/** `if (client) client.release()`: whether there is one is known without remembering it. */
function isReleasedBy(call: TSESTree.CallExpression, leaf: TSESTree.Node): boolean {
  const asked = bare(leaf);
  if (asked.type !== 'Identifier') return false;
  return [methodOf(call)?.object, ...call.arguments].some((one) => one !== undefined && isNamed(bare(one), asked.name));
}

function isNamed(node: TSESTree.Node, name: string): boolean {
  return node.type === 'Identifier' && node.name === name;
}

/** How often each condition is asked in a function; what is asked once tells nothing later. */
function testCounts(run: Run, root: FlowRoot): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  visitAll(root, (node) => {
    const tests = testsOf(node);
    for (const leaf of tests.flatMap((test) => leavesOf(run, test))) {
      const key = conditionKey(run, leaf);
      if (key !== undefined) counts.set(key, (counts.get(key) ?? 0) + 1);
    }
  });
  return counts;
}

function testsOf(node: TSESTree.Node): readonly TSESTree.Node[] {
  switch (node.type) {
    case 'IfStatement':
    case 'ConditionalExpression':
    case 'WhileStatement':
    case 'DoWhileStatement':
      return [node.test];
    case 'SwitchCase':
      return caseTest(node);
    case 'ForStatement':
      return node.test === null ? [] : [node.test];
    case 'ExpressionStatement':
    case 'VariableDeclarator':
    case 'AssignmentExpression':
    case 'ReturnStatement':
      return branches(node);
    case 'MemberExpression':
    case 'CallExpression':
      return node.optional ? [node.type === 'MemberExpression' ? node.object : node.callee] : [];
    default:
      return [];
  }
}

/** What a case asks: `case client !== undefined` of a `switch (true)`, or whether it is the value. */
function caseTest(clause: TSESTree.SwitchCase): readonly TSESTree.Node[] {
  const { test, parent } = clause;
  if (test === null) return [];
  const subject = bare(parent.discriminant);
  if (subject.type === 'Literal' && subject.value === true) return [test];
  const value = bare(test);
  return value.type === 'Literal' && typeof value.value === 'boolean' ? [subject] : [clause];
}

/** `own && release()`, `given ?? (await pool.connect())`: what a value hangs on. */
function branches(node: TSESTree.Node): readonly TSESTree.Node[] {
  const value =
    node.type === 'ExpressionStatement' ? node.expression
    : node.type === 'VariableDeclarator' ? node.init
    : node.type === 'AssignmentExpression' ? node.right
    : node.type === 'ReturnStatement' ? node.argument
    : null;
  if (value === null) return [];
  const expression = bare(value);
  return expression.type === 'LogicalExpression' ? [expression.left] : [];
}

/** How often a variable is assigned again. */
function changes(run: Run, leaf: TSESTree.Node): number {
  const expression = bare(leaf);
  if (expression.type !== 'Identifier') return 0;
  const references = variableOf(expression, run.module)?.references ?? [];
  return Math.max(0, references.filter((reference) => reference.isWrite()).length - 1);
}

function looksLikeRelease(run: Run, call: TSESTree.CallExpression): boolean {
  const method = methodOf(call);
  if (method !== undefined) return isReleaseName(run, method.name) || run.protocol.onOwner.has(method.name) || isReleaser(method.name);
  const callee = bare(call.callee);
  return callee.type === 'Identifier' && (isReleaser(callee.name) || callee.name === 'done');
}

/**
 * The tests a call depends on: around it, or of an early exit before it in its block.
 *
 * `passed` says how far the statements of a block were looked at for calls before: they are told once.
 */
function guardsOf(
  call: TSESTree.Node,
  root: TSESTree.Node,
  passed: Map<TSESTree.BlockStatement, number>,
): readonly TSESTree.Node[] {
  const tests: TSESTree.Node[] = [];
  let at: TSESTree.Node = call;
  while (at !== root && at.parent != null) {
    const { parent }: { parent: TSESTree.Node } = at;
    if (parent.type === 'IfStatement' && parent.test !== at) tests.push(parent.test);
    if (parent.type === 'ConditionalExpression' && parent.test !== at) tests.push(parent.test);
    if (parent.type === 'SwitchCase' && parent.test !== at) tests.push(...testsOf(parent));
    if (parent.type === 'LogicalExpression' && parent.right === at) tests.push(parent.left);
    if (parent.type === 'BlockStatement') {
      let index = passed.get(parent) ?? 0;
      for (; index < parent.body.length; index += 1) {
        const before = parent.body[index];
        if (before === undefined || before.range[0] >= at.range[0]) break;
        if (before.type === 'IfStatement' && exits(before.consequent)) tests.push(before.test);
      }
      passed.set(parent, index);
    }
    if (isFunction(parent) && parent === root) break;
    at = parent;
  }
  return tests;
}

function exits(node: TSESTree.Statement): boolean {
  const last = node.type === 'BlockStatement' ? node.body.at(-1) : node;
  return last?.type === 'ReturnStatement' || last?.type === 'ContinueStatement' || last?.type === 'BreakStatement';
}
