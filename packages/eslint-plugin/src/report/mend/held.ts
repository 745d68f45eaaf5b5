import type { TSESTree } from '@typescript-eslint/utils';
import type { Scope } from '@typescript-eslint/utils/ts-eslint';
import type { Result } from '../../obligations/analysis.ts';
import { isTransactionEnd } from '../../obligations/mention.ts';
import { variableOf } from '../../obligations/variable.ts';
import { memberName } from '../../read/member.ts';
import type { Module } from '../../read/module.ts';
import { bare, functionAround } from '../../read/syntax.ts';

/** A resource that one variable holds from one statement to the end of its block. */
export interface Held {
  readonly result: Result;
  readonly module: Module;
  readonly variable: Scope.Variable;
  /** The statement that acquires. */
  readonly statement: TSESTree.VariableDeclaration | TSESTree.ExpressionStatement;
  readonly block: TSESTree.BlockStatement | TSESTree.Program;
  /** What follows the acquire in its block. */
  readonly rest: readonly TSESTree.Statement[];
  /** May the code there wait? */
  readonly mayAwait: boolean;
}

/** What a `finally` can give back; a transaction needs a decision, a body is read. */
const roles: ReadonlySet<string> = new Set(['connection', 'session', 'client', 'statement', 'cursor', 'other']);

/** Reads an acquire as the declaration of a variable; `undefined` where it is anything else. */
export function heldOf(result: Result, module: Module): Held | undefined {
  const { site, run } = result;
  const { found } = run;
  if (!roles.has(site.protocol.role) || found.handedOn) return undefined;
  // `commit()` in a `finally` would commit what failed.
  if (site.protocol.held?.ways.some((name) => isTransactionEnd(name)) === true) return undefined;
  if (found.fields.size > 0 || found.onEndOnly.size > 0) return undefined;
  // What is returned, as it is or as part of an object, must not be given back here.
  if (found.gives.length > 0) return undefined;
  const place = declaredBy(result) ?? connectedBy(result);
  if (place === undefined) return undefined;
  const { statement, name } = place;
  const variable = variableOf(name, module);
  const block = statement.parent;
  if (variable === undefined || (block.type !== 'BlockStatement' && block.type !== 'Program')) return undefined;
  const rest: TSESTree.Statement[] = [];
  for (const one of block.body.slice(block.body.findIndex((other) => other === statement) + 1)) {
    if (isModuleLevel(one)) return undefined;
    rest.push(one);
  }
  if (rest.length === 0) return undefined;
  const fn = functionAround(statement);
  const held = { result, module, variable, statement, block, rest, mayAwait: fn === undefined || fn.async };
  return isClosed(held) ? held : undefined;
}

interface Place {
  readonly statement: TSESTree.VariableDeclaration | TSESTree.ExpressionStatement;
  readonly name: TSESTree.Identifier;
}

function declaredBy({ site }: Result): Place | undefined {
  if (site.shape.kind !== 'value') return undefined;
  const [view, ...others] = site.shape.views;
  if (view?.role !== 'resource' || others.length > 0) return undefined;
  const { value, waits, path } = valueOf(site.call);
  if (waits !== site.shape.promised || path !== view.path) return undefined;
  const declarator = value.parent;
  if (declarator?.type !== 'VariableDeclarator' || declarator.id.type !== 'Identifier') return undefined;
  const { parent } = declarator;
  if (parent.declarations.length !== 1 || parent.kind === 'using' || parent.kind === 'await using') return undefined;
  return { statement: parent, name: declarator.id };
}

/** `await client.connect();` */
function connectedBy({ site }: Result): Place | undefined {
  if (site.shape.kind !== 'receiver' || site.shape.receiver.type !== 'Identifier') return undefined;
  const { value, waits, path } = valueOf(site.call);
  if (!waits || path !== '' || value.parent?.type !== 'ExpressionStatement') return undefined;
  return { statement: value.parent, name: site.shape.receiver };
}

function valueOf(call: TSESTree.Node): { value: TSESTree.Node; waits: boolean; path: string } {
  let value = call;
  let waits = false;
  let path = '';
  for (;;) {
    const { parent } = value;
    if (parent?.type === 'AwaitExpression' && !waits) waits = true;
    else if (parent?.type === 'MemberExpression' && parent.object === value && path === '' && !waits) {
      path = memberName(parent) ?? '?';
    } else if (parent === undefined || bare(parent) === parent) return { value, waits, path };
    value = parent;
  }
}

function isModuleLevel(node: TSESTree.ProgramStatement): boolean {
  return /^(?:Export|Import|TSExport|TSImport|TSModule|TSNamespace)/u.test(node.type);
}

/** What the rest declares must not be known outside of it: it moves into a block of its own. */
function isClosed({ block, rest, module, statement }: Held): boolean {
  const from = statement.range[1];
  const to = rest.at(-1)?.range[1] ?? from;
  const scope = module.scopeManager.scopes.filter((one) => one.block === block || one.block === block.parent || one.type === 'module');
  return scope.every(({ variables }) =>
    variables.every(({ defs, references }) => {
      const isMoved = defs.some((one) => one.name.range[0] >= from && one.name.range[1] <= to && !isHoisted(one));
      return !isMoved || references.every(({ identifier: { range } }) => range[0] >= from && range[1] <= to);
    }),
  );
}

function isHoisted({ type, parent }: Scope.Definition): boolean {
  return type === 'Variable' && parent.kind === 'var';
}
