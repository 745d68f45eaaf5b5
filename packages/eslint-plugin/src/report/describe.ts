import type { TSESTree } from '@typescript-eslint/utils';
import { memberName } from '../read/member.ts';
import type { Result } from '../obligations/analysis.ts';
import type { Site } from '../read/sites.ts';
import type { Leak, Step } from '../obligations/solve.ts';
import { isTransactionEnd, isReleaser } from '../obligations/mention.ts';
import { within } from '../obligations/run.ts';
import { bare } from '../read/syntax.ts';
import { wrapped } from '../obligations/values.ts';
import { variableOf } from '../obligations/variable.ts';

/** What a resource is called in a message: its variable, else the call that lends it. */
export function resourceName(result: Result): string {
  const { run, site } = result;
  for (const [base, tokens] of run.tokens) {
    if ('references' in base && tokens.some((token) => token.role === 'resource')) {
      const path = tokens.find((token) => token.role === 'resource')?.path ?? '';
      return path === '' || path === wrapped ? base.name : `${base.name}.${path}`;
    }
  }
  // `const lease = await open()`, of which only the ways back are known.
  for (const [base, tokens] of run.tokens) {
    if ('references' in base && tokens.some((token) => token.path !== '')) return base.name;
  }
  return calleeText(site.call);
}

/** The methods that would give an object of the program back: ` by \`close()\``; empty for what a driver lent. */
export function waysText({ site }: Result): string {
  const ways = site.protocol.held?.ways ?? waysOfObject(site);
  const meant = ways.filter((name) => isReleaser(name) || isTransactionEnd(name));
  const named = (meant.length > 0 ? meant : ways).slice(0, 3).map((name) => `\`${name.replace('@@', 'Symbol.')}()\``);
  return named.length === 0 ? '' : ` by ${[named.slice(0, -1).join(', '), named.at(-1)].filter(Boolean).join(' or ')}`;
}

/** The functions of an object literal that give back what it was made around. */
function waysOfObject({ shape }: Site): readonly string[] {
  if (shape.kind !== 'value' || shape.views.some(({ role, path }) => role !== 'handle' || path === '' || path.includes('.'))) return [];
  return shape.views.map(({ path }) => path);
}

/** A call as a reader would name it: `pool.connect()`. */
export function calleeText(call: TSESTree.Node): string {
  const inner = bare(call);
  if (inner.type === 'NewExpression') return `new ${nameOf(inner.callee)}()`;
  if (inner.type === 'CallExpression') return `${nameOf(inner.callee)}()`;
  if (inner.type === 'AwaitExpression') return calleeText(inner.argument);
  if (inner.type === 'TaggedTemplateExpression') return nameOf(inner.tag);
  return nameOf(inner);
}

function nameOf(node: TSESTree.Node): string {
  const inner = bare(node);
  switch (inner.type) {
    case 'Identifier':
      return inner.name;
    case 'ThisExpression':
      return 'this';
    case 'CallExpression':
      return `${nameOf(inner.callee)}()`;
    case 'MemberExpression': {
      const name = memberName(inner) ?? '[…]';
      const object = nameOf(inner.object);
      return object === '…' || object.length > 24 ? `….${name}` : `${object}.${name}`;
    }
    default:
      return '…';
  }
}

/** Why a path loses the resource, in the words of a message. */
export function causeOf(result: Result, leak: Leak): string {
  // What was passed before the acquire lost nothing; nor did the `return` that the acquire is part of.
  const acquired = leak.path.findLastIndex(({ node }) => node.ast === result.site.call && node.kind === 'eval');
  const path = leak.path.slice(Math.max(0, acquired)).filter(({ node }) => !(node.ast.type in jumps && within(result.site.call, node.ast)));
  if (leak.kind === 'throw') {
    const exceptions = path.filter((one) => isExceptional(result, one));
    // What leaves a callback was thrown by something in it.
    const at = exceptions.findLast(({ node }) => node.kind !== 'threw') ?? exceptions.at(-1);
    // `await new Promise(…)`: what rejected it says more.
    const cause = at !== undefined && isNewPromise(at) ? exceptions.findLast((one) => one !== at && within(one.node.ast, at.node.ast)) : undefined;
    if (at !== undefined) return exceptionText(cause ?? at);
  }
  const [overwrite] = result.run.found.overwrites;
  if (overwrite !== undefined) return `before it is overwritten on line ${overwrite.loc.start.line}`;
  if (leak.end === 'loop') {
    const jump = path.findLast(({ node }) => node.ast.type === 'ContinueStatement')?.node.ast;
    return jump === undefined
      ? `before the loop comes round to line ${result.site.call.loc.start.line} again`
      : `before the \`continue\` on line ${jump.loc.start.line}`;
  }
  const exit = path.findLast(({ node }) => node.ast.type in jumps)?.node.ast;
  const word = exit === undefined ? undefined : jumps[exit.type];
  if (exit !== undefined && word !== undefined) return `before the \`${word}\` on line ${exit.loc.start.line}`;
  const test = path.findLast(({ node, left }) => node.kind === 'test' && (left === 'false' || left === 'true'));
  if (test !== undefined) {
    const line = test.node.ast.loc.start.line;
    return `if the condition on line ${line} is ${String(wholeTruth(test.node.ast, test.left === 'true'))}`;
  }
  return `before the function ends on line ${result.run.graph.root.loc.end.line}`;
}

/** What the condition that a reader sees is, once the last operand asked of it is known: `!found`, `a && !b`. */
function wholeTruth(operand: TSESTree.Node, isTrue: boolean): boolean {
  let truth = isTrue;
  for (let at = operand; at.parent != null; at = at.parent) {
    const { parent } = at;
    if (parent.type === 'UnaryExpression' && parent.operator === '!') truth = !truth;
    else if (parent.type !== 'LogicalExpression' && bare(parent) !== bare(at)) break;
  }
  return truth;
}

const jumps: Readonly<Record<string, string>> = {
  ReturnStatement: 'return',
  BreakStatement: 'break',
  ContinueStatement: 'continue',
};

function isNewPromise({ node: { ast } }: Step): boolean {
  return ast.type === 'AwaitExpression' && bare(ast.argument).type === 'NewExpression';
}

function isExceptional(result: Result, one: Step): boolean {
  if (one.left === 'throw') return true;
  const { node, left } = one;
  if (node.kind !== 'test' || left !== 'true' || node.ast.type !== 'Identifier') return false;
  const definition = variableOf(node.ast, result.run.module)?.defs[0];
  return definition?.type === 'Parameter' && definition.node !== result.run.graph.root;
}

function exceptionText({ node, left }: Step): string {
  const { line } = node.ast.loc.start;
  if (left === 'true') return `if \`${nameOf(node.ast)}\` is set on line ${line}`;
  const { ast } = node;
  switch (ast.type) {
    case 'ThrowStatement':
      return `if line ${line} throws`;
    case 'ForOfStatement':
      return `if the loop on line ${line} throws`;
    case 'AwaitExpression':
    case 'CallExpression':
    case 'NewExpression':
    case 'TaggedTemplateExpression': {
      const inner = ast.type === 'AwaitExpression' ? bare(ast.argument) : ast;
      const text = calleeText(inner);
      return text.includes('…') ? `if line ${line} throws` : `if \`${text}\` on line ${line} throws`;
    }
    default:
      return `if line ${line} throws`;
  }
}
