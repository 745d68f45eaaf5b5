import type { TSESTree } from '@typescript-eslint/utils';
import type { Scope } from '@typescript-eslint/utils/ts-eslint';
import { memberName, methodOf } from '../read/member.ts';
import { bare } from '../read/syntax.ts';
import { within, type Run } from './run.ts';
import type { State, Token } from './state.ts';

/** The identifiers in a piece of code that lead to the resource. */
export function mentionsIn(state: State, node: TSESTree.Node): readonly TSESTree.Node[] {
  return state.tokens.flatMap(({ base }) =>
    isVariable(base)
      ? base.references.map(({ identifier }) => identifier).filter((one) => within(one, node))
      : [],
  );
}

/** May a function inside the root mention what leads to the resource? */
export function isCaptured(run: Run, state: State): boolean {
  return state.tokens.some(
    ({ base }) => isVariable(base) && (base.scope.variableScope.block !== run.graph.root || leavesScope(base)),
  );
}

const captured = new WeakMap<Scope.Variable, boolean>();

/** Is a variable mentioned in a function inside the one it belongs to? */
function leavesScope(variable: Scope.Variable): boolean {
  let known = captured.get(variable);
  if (known === undefined) {
    known = variable.references.some(({ from }) => from.variableScope !== variable.scope.variableScope);
    captured.set(variable, known);
  }
  return known;
}

/** Does a piece of code release the resource somewhere, by the look of it? */
export function releasesWithin(run: Run, state: State, node: TSESTree.Node): boolean {
  return mentionsIn(state, node).some((mention) => {
    const roles = state.tokens.filter(
      (token) =>
        isVariable(token.base) && token.base.references.some((one) => one.identifier === mention),
    );
    return looksReleased(run, mention, roles);
  });
}

function looksReleased(run: Run, mention: TSESTree.Node, tokens: readonly Token[]): boolean {
  const { parent } = mention;
  if (parent === undefined) return false;
  if (tokens.some((token) => token.role === 'handle' && token.path === '')) return true;
  let holder: TSESTree.Node = mention;
  while (holder.parent != null && bare(holder.parent) === bare(mention)) holder = holder.parent;
  const use = holder.parent;
  if (use?.type === 'MemberExpression' && use.object === holder) {
    const name = memberName(use);
    if (name === undefined) return false;
    if (isReleaseName(run, name)) return true;
    const outer = use.parent;
    const further = outer.type === 'MemberExpression' && outer.object === use ? memberName(outer) : undefined;
    return tokens.some((token) => token.path.split('.')[0] === name && (token.role === 'handle' || (further !== undefined && isReleaseName(run, further))));
  }
  if (use?.type === 'CallExpression' && use.arguments.some((argument) => argument === holder)) {
    const callee = bare(use.callee);
    const name = methodOf(use)?.name ?? (callee.type === 'Identifier' ? callee.name : undefined);
    return name !== undefined && (run.protocol.onOwner.has(name) || isReleaser(name));
  }
  return false;
}

/** Methods that end a connection whatever the driver; a generous reading keeps us quiet. */
export const endings: ReadonlySet<string> = new Set(['release', 'end', 'close', 'destroy', 'dispose']);

/** Does this method of the resource give it back? */
export function isReleaseName(run: Run, name: string): boolean {
  if (run.protocol.onResource.has(name)) return true;
  if (name === '@@dispose' || name === '@@asyncDispose') return true;
  return run.protocol.role === 'connection' && endings.has(name);
}

const releaser =
  /^_*(?:(?:safe|safely|try|maybe|do|force|db|pg|pool|ensure)_?)?(?:[Rr]elease|[Cc]lose|[Ee]nd|[Dd]estroy|[Dd]ispose|[Cc]lean(?:[Uu]p)?|[Ff]ree|[Gg]iveBack|[Rr]eturnTo|[Dd]isconnect|[Ff]inish|[Tt]eardown)(?:$|[A-Z_0-9])/;

/** Does a function's name say that it releases what it is given? */
export function isReleaser(name: string): boolean {
  return releaser.test(name);
}

const transactionEnd = /^(?:commit|rollback|abort|complete)/u;

/** Does a method's name say that it ends a transaction, and so mostly gives back what an object is made around? */
export function isTransactionEnd(name: string): boolean {
  return transactionEnd.test(name);
}

/** Is the base of a token a variable, not an expression? */
export function isVariable(base: Token['base']): base is Extract<Token['base'], { references: unknown }> {
  return 'references' in base;
}
