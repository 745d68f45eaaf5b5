import type { TSESTree } from '@typescript-eslint/utils';
import { branch } from './condition.ts';
import { evaluate } from './expression.ts';
import type { FinallyFrame, Flow } from './flow.ts';
import { leave } from './leave.ts';
import { loop } from './loop.ts';
import { bare } from '../read/syntax.ts';
import { linkOf } from './promise-link.ts';

/** Appends statements one after the other; a `using` lasts to the end of the list. */
export function statements(flow: Flow, list: readonly TSESTree.Node[]): void {
  for (const [index, node] of list.entries()) {
    if (
      node.type === 'VariableDeclaration' &&
      (node.kind === 'using' || node.kind === 'await using')
    ) {
      hold(flow, node.declarations, () => {
        statements(flow, list.slice(index + 1));
      });
      return;
    }
    statement(flow, node);
  }
}

/** `using a = b(), c = d()`: each is disposed on every way out of what follows it. */
function hold(
  flow: Flow,
  [first, ...others]: readonly TSESTree.VariableDeclarator[],
  rest: () => void,
): void {
  if (first === undefined) {
    rest();
    return;
  }
  declare(flow, first);
  // Disposal is taken for sure to work, as a release is.
  const dispose = (): void => {
    flow.emit('dispose', first);
  };
  finallyDo(flow, first, dispose, () => {
    hold(flow, others, rest);
  });
}

/** Appends one statement. */
export function statement(flow: Flow, node: TSESTree.Node, labels: readonly string[] = []): void {
  switch (node.type) {
    case 'BlockStatement':
      statements(flow, node.body);
      return;
    case 'ExpressionStatement':
      expressionStatement(flow, node.expression);
      return;
    case 'VariableDeclaration':
      declaration(flow, node);
      return;
    case 'ReturnStatement':
      leave(flow, node, node.argument);
      return;
    case 'ThrowStatement': {
      evaluate(flow, node.argument);
      flow.edge(flow.emit('throw', node), flow.thrownTarget(), 'throw', 0);
      flow.current = undefined;
      return;
    }
    case 'IfStatement':
      conditional(flow, node);
      return;
    case 'ForStatement':
    case 'ForInStatement':
    case 'ForOfStatement':
    case 'WhileStatement':
    case 'DoWhileStatement':
      loop(flow, node, labels);
      return;
    case 'SwitchStatement':
      choose(flow, node, labels);
      return;
    case 'LabeledStatement':
      labelled(flow, node, labels);
      return;
    case 'BreakStatement':
    case 'ContinueStatement': {
      const how = node.type === 'BreakStatement' ? 'break' : 'continue';
      flow.emit('join', node);
      flow.goTo(flow.jumpTarget(how, node.label?.name));
      flow.current = undefined;
      return;
    }
    case 'TryStatement':
      attempt(flow, node);
      return;
    case 'ExportNamedDeclaration':
    case 'ExportDefaultDeclaration':
      if (node.declaration !== null) statement(flow, node.declaration);
      return;
    case 'WithStatement':
      evaluate(flow, node.object);
      statement(flow, node.body);
      return;
    case 'ClassDeclaration':
      evaluate(flow, node);
      return;
    case 'FunctionDeclaration':
      return;
    default:
      evaluate(flow, node);
  }
}

function expressionStatement(flow: Flow, expression: TSESTree.Expression): void {
  const inner = bare(expression);
  const floating = inner.type === 'UnaryExpression' && inner.operator === 'void' ? inner.argument : inner;
  if (linkOf(floating) === undefined) {
    evaluate(flow, expression);
    return;
  }
  // Nobody waits for it: no `catch` around it sees its rejection, and what follows goes on.
  const done = flow.node('join', expression);
  flow.within({ kind: 'reject', to: done }, () => {
    evaluate(flow, floating);
  });
  flow.goTo(done);
  flow.current = done;
}

function declaration(flow: Flow, node: TSESTree.VariableDeclaration): void {
  for (const declarator of node.declarations) declare(flow, declarator);
}

function declare(flow: Flow, declarator: TSESTree.VariableDeclarator): void {
  if (declarator.init === null) {
    // Each turn of a loop has a variable of its own.
    if (flow.isInLoop && declarator.parent.kind !== 'var') flow.emit('eval', declarator);
    return;
  }
  evaluate(flow, declarator.init);
  flow.emit('eval', declarator, declarator.id.type === 'Identifier' ? undefined : 3);
}

function conditional(flow: Flow, node: TSESTree.IfStatement): void {
  const yes = flow.node('join', node.consequent);
  const no = flow.node('join', node);
  const done = flow.node('join', node);
  branch(flow, node.test, yes, no);
  flow.current = yes;
  statement(flow, node.consequent);
  flow.goTo(done);
  flow.current = no;
  if (node.alternate !== null) statement(flow, node.alternate);
  flow.goTo(done);
  flow.current = done;
}

function labelled(flow: Flow, node: TSESTree.LabeledStatement, labels: readonly string[]): void {
  const all = [...labels, node.label.name];
  const done = flow.node('join', node);
  const isLoop = /^(For|While|DoWhile)/.test(node.body.type);
  if (isLoop) {
    statement(flow, node.body, all);
  } else {
    flow.within({ kind: 'jump', labels: all, plain: false, breakTo: done }, () => {
      statement(flow, node.body);
    });
  }
  flow.goTo(done);
  flow.current = done;
}

function choose(flow: Flow, node: TSESTree.SwitchStatement, labels: readonly string[]): void {
  evaluate(flow, node.discriminant);
  const done = flow.node('join', node);
  const bodies = node.cases.map((clause) => flow.node('join', clause));
  let fallback = done;
  for (const [index, clause] of node.cases.entries()) {
    const start = bodies[index] ?? done;
    if (clause.test === null) {
      fallback = start;
      continue;
    }
    evaluate(flow, clause.test);
    const test = flow.emit('test', clause);
    flow.edge(test, start, 'true');
    const next = flow.node('join', clause);
    flow.edge(test, next, 'false');
    flow.current = next;
  }
  flow.goTo(fallback);
  flow.within({ kind: 'jump', labels, plain: true, breakTo: done }, () => {
    flow.current = undefined;
    for (const [index, clause] of node.cases.entries()) {
      const start = bodies[index];
      if (start === undefined) continue;
      flow.goTo(start);
      flow.current = start;
      statements(flow, clause.consequent);
    }
  });
  flow.goTo(done);
  flow.current = done;
}

function attempt(flow: Flow, node: TSESTree.TryStatement): void {
  const guarded = (): void => {
    if (node.handler === null) {
      statements(flow, node.block.body);
      return;
    }
    const { handler } = node;
    const caught = flow.node('join', handler);
    flow.within({ kind: 'catch', to: caught }, () => {
      statements(flow, node.block.body);
    });
    const done = flow.node('join', handler);
    flow.goTo(done);
    flow.current = caught;
    if (handler.param !== null) flow.emit('bind', handler.param);
    statements(flow, handler.body.body);
    flow.goTo(done);
    flow.current = done;
  };
  const { finalizer } = node;
  if (finalizer === null) guarded();
  else finallyDo(flow, finalizer, () => { statements(flow, finalizer.body); }, guarded);
}

/** Builds `guarded` so that every way out of it leads through `last`. */
function finallyDo(flow: Flow, ast: TSESTree.Node, last: () => void, guarded: () => void): void {
  const frame: FinallyFrame = { kind: 'finally', ast, build: last, copies: new Map() };
  flow.within(frame, guarded);
  flow.complete(frame);
}
