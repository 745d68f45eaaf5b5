import type { TSESTree } from '@typescript-eslint/utils';
import { evaluate, memberParts, optional } from './expression.ts';
import type { Flow } from './flow.ts';
import type { FlowNode } from './graph.ts';
import { statements } from './statement.ts';
import { leave } from './leave.ts';
import { isErrFirst } from '../read/forms.ts';
import { bare, isFunction, type FunctionNode } from '../read/syntax.ts';

/** Appends a call or construction, and the functions that are given to it. */
export function call(flow: Flow, node: TSESTree.CallExpression | TSESTree.NewExpression): void {
  const callee = bare(node.callee);
  const immediate = isFunction(callee) ? callee : undefined;
  if (callee.type === 'MemberExpression') memberParts(flow, callee);
  else if (immediate === undefined) evaluate(flow, callee);
  if (node.type === 'CallExpression' && node.optional) optional(flow, node.callee);
  const inline: FunctionNode[] = immediate === undefined ? [] : [immediate];
  for (const argument of node.arguments) {
    const fn = inlined(flow, argument);
    if (fn === undefined) evaluate(flow, argument);
    else inline.push(fn);
  }
  const evaluated = flow.emit('eval', node, 2);
  const never = node.type === 'CallExpression' ? flow.options.neverReturns?.(node) : undefined;
  if (never === 'throws') {
    evaluated.edges.length = 0;
    flow.edge(evaluated, flow.throwTarget(), 'throw', 0);
    flow.current = undefined;
    return;
  }
  if (never === 'exit') {
    evaluated.edges.length = 0;
    flow.current = undefined;
    return;
  }
  for (const fn of inline) callback(flow, fn, node, fn === immediate);
}

/** The function an argument is, if its body belongs into this graph. */
export function inlined(flow: Flow, argument: TSESTree.Node): FunctionNode | undefined {
  const inner = bare(argument);
  const fn = isFunction(inner) ? inner : flow.options.functionOf?.(inner);
  if (fn === undefined || fn.generator || flow.inlining.has(fn)) return undefined;
  return fn;
}

/** A function given to a call: the walk decides whether it runs, and what an exception does. */
function callback(
  flow: Flow,
  fn: FunctionNode,
  caller: TSESTree.Node,
  immediate: boolean,
): void {
  const done = immediate ? flow.node('join', caller) : flow.node('join', caller, { call: caller });
  const entry = flow.emit('callback', fn, undefined, { call: caller });
  const threw = flow.node('threw', fn, { call: caller });
  flow.edge(threw, flow.throwTarget(), 'throw', 0);
  flow.edge(threw, ending(flow, 'gone'), 'crash');
  // Nobody waits for what an err-first callback returns; what other callees do with it is theirs.
  const rejectTo = isErrFirst(fn) ? ending(flow, 'thrown') : flow.throwTarget();
  // Whoever writes `throw` in a callback means it to be met by something: a listener of the process.
  // What stands behind the call has run by then.
  const threwOpenly = flow.node('threw', fn, { call: caller });
  flow.edge(threwOpenly, flow.throwTarget(), 'throw', 0);
  flow.edge(threwOpenly, done, 'crash');
  const start = flow.node('join', fn);
  flow.edge(entry, start, 'run');
  if (!immediate) flow.edge(entry, done, 'skip');
  flow.current = start;
  flow.within(
    immediate
      ? { kind: 'function', returnTo: done, throwTo: threw, value: caller, adopts: false }
      : { kind: 'function', returnTo: done, throwTo: threw, thrownTo: threwOpenly, rejectTo, adopts: false },
    () => {
      body(flow, fn);
    },
  );
  flow.current = done;
}

/** The body of a function, from its parameters' defaults to its last statement. */
export function body(flow: Flow, fn: FunctionNode): void {
  flow.inlining.add(fn);
  for (const parameter of fn.params) {
    if (parameter.type === 'AssignmentPattern') evaluate(flow, parameter.right);
  }
  if (fn.body.type === 'BlockStatement') {
    statements(flow, fn.body.body);
    flow.goTo(flow.returnTarget());
  } else {
    leave(flow, fn.body, fn.body);
  }
  flow.current = undefined;
  flow.inlining.delete(fn);
}

function ending(flow: Flow, kind: 'gone' | 'thrown'): FlowNode {
  const node = flow.nodes.find((candidate) => candidate.kind === kind);
  if (node === undefined) throw new Error(`LIFEGUARD_GRAPH: the graph has no node \`${kind}\`.`);
  return node;
}
