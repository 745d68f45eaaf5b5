import type { TSESTree } from '@typescript-eslint/utils';
import { body, inlined } from './call.ts';
import { evaluate } from './expression.ts';
import { deepestOwnCopy, type Flow } from './flow.ts';
import type { FlowNode } from './graph.ts';
import { bare } from '../read/syntax.ts';
import { linkOf } from './promise-link.ts';

/**
 * Appends a link of a promise chain as if it were awaited where it stands.
 *
 * `p.then(f, g)` is p, then f where p is fulfilled, g where it is rejected; `catch` and `finally`
 * likewise. What a callback returns becomes the value of the link, what it throws rejects it.
 */
export function link(flow: Flow, node: TSESTree.Node): void {
  const found = linkOf(node);
  if (found === undefined) return;
  const { name, promise, call } = found;
  const [first, second] = call.arguments;
  const onFulfilled = name === 'then' ? first : undefined;
  const onRejected = name === 'then' ? second : name === 'catch' ? first : undefined;
  const onSettled = name === 'finally' ? first : undefined;
  const outer = flow.throwTarget();
  const handled = onRejected !== undefined || onSettled !== undefined;
  const rejected = handled ? flow.node('join', call) : undefined;
  const wait = (): void => {
    evaluate(flow, promise);
    if (linkOf(promise) === undefined) flow.emit('settle', promise, 1);
  };
  if (rejected === undefined) wait();
  else flow.within({ kind: 'reject', to: rejected }, wait);

  const done = flow.node('join', call);
  if (onFulfilled !== undefined) react(flow, onFulfilled, call, promise, outer);
  const isShared = onSettled !== undefined && rejected !== undefined && flow.settling >= deepestOwnCopy;
  if (isShared) flow.goTo(rejected);
  if (isShared) flow.current = rejected;
  if (onSettled !== undefined) settle(flow, onSettled, call, outer);
  if (isShared) flow.goTo(outer);
  if (onFulfilled === undefined) flow.emit('bind', call, undefined, { value: promise });
  flow.goTo(done);
  if (rejected !== undefined && !isShared) {
    flow.current = rejected;
    if (onRejected !== undefined) {
      react(flow, onRejected, call, undefined, outer);
      flow.goTo(done);
    } else if (onSettled !== undefined) {
      settle(flow, onSettled, call, outer);
      flow.goTo(outer);
    }
  }
  flow.current = done;
}

/** Runs what is given to `finally`, whatever the promise came to. */
function settle(flow: Flow, reaction: TSESTree.Node, call: TSESTree.CallExpression, outer: FlowNode): void {
  flow.settling += 1;
  react(flow, reaction, call, undefined, outer);
  flow.settling -= 1;
}

/** Runs one reaction; `source` is the promise whose value it is given. */
function react(
  flow: Flow,
  reaction: TSESTree.Node,
  call: TSESTree.CallExpression,
  source: TSESTree.Node | undefined,
  outer: FlowNode,
): void {
  const fn = inlined(flow, reaction);
  const more = source === undefined ? { call } : { call, value: source };
  if (fn === undefined) {
    const handler = bare(reaction);
    if (handler.type === 'Literal' || handler.type === 'Identifier' && handler.name === 'undefined') {
      if (source !== undefined) flow.emit('bind', call, undefined, { value: source });
      return;
    }
    evaluate(flow, reaction);
    const run = flow.emit('bind', handler, undefined, more);
    // What a program passes by name to `catch` or `finally` is there to end things well.
    if (source !== undefined) flow.edge(run, outer, 'throw', 1);
    return;
  }
  flow.emit('bind', fn, undefined, more);
  const done = flow.node('join', fn);
  flow.within(
    { kind: 'function', returnTo: done, throwTo: outer, value: call, adopts: true },
    () => {
      body(flow, fn);
    },
  );
  flow.current = done;
}
