import type { TSESTree } from '@typescript-eslint/utils';
import type { Result } from '../../obligations/analysis.ts';
import { within } from '../../obligations/run.ts';
import type { Module } from '../../read/module.ts';
import { functionAround, isFunction, keyName } from '../../read/syntax.ts';
import type { Edit } from './edit.ts';
import { indentAt, indentUnit, lineBreak } from './line.ts';

/** Edits that drop an unread body, and the call that does it. */
export interface BodyMend {
  readonly call: string;
  readonly edits: readonly Edit[];
}

/**
 * Drops the body where it is not read: after the request if nothing reads it, else in the guard
 * clauses before the statement that does.
 */
export function mendBody({ run, site }: Result, module: Module): BodyMend | undefined {
  const { found, graph } = run;
  const wait = site.call.parent;
  const declarator = wait.type === 'AwaitExpression' ? wait.parent : undefined;
  const statement = declarator?.parent;
  if (declarator?.type !== 'VariableDeclarator' || statement?.type !== 'VariableDeclaration') return undefined;
  if (found.handedOn || found.gives.length > 0 || statement.declarations.length > 1) return undefined;
  if (functionAround(site.call)?.async !== true || graph.root !== functionAround(site.call)) return undefined;
  const block = statement.parent;
  const call = dropping(declarator.id, site.protocol.onResource);
  if (call === undefined || block.type !== 'BlockStatement') return undefined;
  const [, end] = statement.range;
  const drop = `await ${call}${module.text[end - 1] === ';' ? ';' : ''}`;
  if (found.releases.size === 0) {
    const text = lineBreak(module.text) + indentAt(module.text, statement.range[0]) + drop;
    return { call, edits: [{ range: [end, end], text }] };
  }
  const edits = guards(block.body.slice(block.body.indexOf(statement) + 1), [...found.releases], drop, module);
  return edits === undefined || edits.length === 0 ? undefined : { call, edits };
}

/** `response.body?.cancel()` for a `Response`, `body.dump()` for undici's. */
function dropping(id: TSESTree.BindingName, ways: ReadonlyMap<string, unknown>): string | undefined {
  let body: string | undefined;
  if (id.type === 'Identifier') body = `${id.name}.body`;
  else if (id.type === 'ObjectPattern') {
    for (const property of id.properties) {
      if (property.type !== 'Property' || keyName(property) !== 'body') continue;
      if (property.value.type === 'Identifier') body = property.value.name;
    }
  }
  if (body === undefined) return undefined;
  if (ways.has('body.cancel')) return id.type === 'Identifier' ? `${body}?.cancel()` : undefined;
  return ways.has('dump') || ways.has('body.dump') ? `${body}.dump()` : undefined;
}

function guards(
  rest: readonly TSESTree.Statement[],
  reads: readonly TSESTree.Node[],
  drop: string,
  module: Module,
): readonly Edit[] | undefined {
  const edits: Edit[] = [];
  for (const statement of rest) {
    const inside = reads.filter((read) => within(read, statement));
    if (statement.type === 'IfStatement') {
      const exit = exitOf(statement);
      if (exit === undefined) return undefined;
      if (inside.some((read) => within(read, exit) && isSure(read, exit))) continue;
      if (inside.length > 0) return undefined;
      edits.push(...dropBefore(exit, statement, drop, module));
    } else if (inside.length > 0) {
      return inside.some((read) => isSure(read, statement)) ? edits : undefined;
    } else if (statement.type !== 'ExpressionStatement' && statement.type !== 'VariableDeclaration') {
      return undefined;
    }
  }
  return undefined;
}

/** The `return` or `throw` that a guard clause consists of. */
function exitOf({ consequent, alternate }: TSESTree.IfStatement): TSESTree.Statement | undefined {
  const body = consequent.type === 'BlockStatement' ? consequent.body : [consequent];
  const [exit, ...others] = body;
  const isExit = exit?.type === 'ReturnStatement' || exit?.type === 'ThrowStatement';
  return isExit && others.length === 0 && alternate === null ? exit : undefined;
}

function dropBefore(exit: TSESTree.Statement, guard: TSESTree.IfStatement, drop: string, { text }: Module): readonly Edit[] {
  const newline = lineBreak(text);
  const [start, end] = exit.range;
  if (exit !== guard.consequent) {
    return [{ range: [start, start], text: drop + newline + indentAt(text, start) }];
  }
  const indent = indentAt(text, guard.range[0]);
  const inner = newline + indent + indentUnit(text);
  return [
    { range: [start, start], text: `{${inner}${drop}${inner}` },
    { range: [end, end], text: `${newline}${indent}}` },
  ];
}

/** Is the call made whenever the statement runs? */
function isSure(read: TSESTree.Node, statement: TSESTree.Statement): boolean {
  if (!/^(?:Expression|Return|Throw)Statement$|^VariableDeclaration$/u.test(statement.type)) return false;
  for (let at = read.parent; at !== undefined && at !== statement; at = at.parent) {
    if (isFunction(at) || at.type === 'ConditionalExpression' || at.type === 'LogicalExpression') return false;
  }
  return true;
}
