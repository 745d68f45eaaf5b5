import type { TSESTree } from '@typescript-eslint/utils';
import type { FlowRoot } from '../graph/graph.ts';
import { methodOf } from '../read/member.ts';
import { bare, isFunction } from '../read/syntax.ts';
import { visitAll } from '../read/walk.ts';
import { conditionKey, leavesOf } from './conditions.ts';
import { isReleaseName, isReleaser } from './mention.ts';
import type { Run } from './run.ts';

/** More correlated conditions than this are not followed: each may double the states. */
const mostKeys = 4;

/** The conditions that guard a release in a function: `if (ownsClient) client.release()`. */
export function guardKeys(run: Run, root: FlowRoot): ReadonlySet<string> {
  const keys = new Set<string>();
  visitAll(root, (node) => {
    if (node.type !== 'CallExpression' || !looksLikeRelease(run, node)) return;
    for (const test of guardsOf(node, root)) {
      for (const leaf of leavesOf(run, test)) {
        const key = conditionKey(run, leaf);
        if (key !== undefined && keys.size < mostKeys) keys.add(key);
      }
    }
  });
  return keys;
}

function looksLikeRelease(run: Run, call: TSESTree.CallExpression): boolean {
  const method = methodOf(call);
  const callee = bare(call.callee);
  if (method !== undefined) return isReleaseName(run, method.name) || run.protocol.onOwner.has(method.name) || isReleaser(method.name);
  return callee.type === 'Identifier' && (isReleaser(callee.name) || callee.name === 'done');
}

/** The tests a call depends on: around it, or of an early exit before it in its block. */
function guardsOf(call: TSESTree.Node, root: TSESTree.Node): readonly TSESTree.Node[] {
  const tests: TSESTree.Node[] = [];
  let at: TSESTree.Node = call;
  while (at !== root && at.parent != null) {
    const { parent }: { parent: TSESTree.Node } = at;
    if (parent.type === 'IfStatement' && parent.test !== at) tests.push(parent.test);
    if (parent.type === 'ConditionalExpression' && parent.test !== at) tests.push(parent.test);
    if (parent.type === 'LogicalExpression' && parent.right === at) tests.push(parent.left);
    if (parent.type === 'BlockStatement') {
      for (const before of parent.body) {
        if (before === at) break;
        if (before.type === 'IfStatement' && exits(before.consequent)) tests.push(before.test);
      }
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
