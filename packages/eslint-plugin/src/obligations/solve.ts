import type { TSESTree } from '@typescript-eslint/utils';
import type { FlowNode } from '../graph/graph.ts';
import { exitsOf, type Way } from './exits.ts';
import { functionAround } from '../read/syntax.ts';
import { isCaptured } from './mention.ts';
import { step } from './step.ts';
import { keyOf, owes, withTokens, type State, type Token } from './state.ts';
import { isModuleWide } from './variable.ts';
import type { Run } from './run.ts';

/** A path on which the resource is lost, from the acquire to the exit. */
export interface Leak {
  readonly kind: 'normal' | 'throw';
  /** The evaluations on the way, first to last. */
  readonly path: readonly Step[];
  /** Why it ends there. */
  readonly end: 'exit' | 'loop';
}

/** One evaluation of a losing path, and how it was left. */
export interface Step {
  readonly node: FlowNode;
  readonly left: 'next' | 'throw' | 'true' | 'false' | 'run' | 'skip' | 'crash';
}

/** What a walk found out. */
export interface Solution {
  /** The shortest losing path without an exception, and the shortest with one. */
  readonly normal: Leak | undefined;
  readonly thrown: Leak | undefined;
  /** The states in which the function completes, by `return` and by exception. */
  readonly atEnd: readonly State[];
  readonly atThrow: readonly State[];
}

interface Visit {
  readonly node: FlowNode;
  readonly state: State;
  readonly from: Visit | undefined;
  readonly by: Step['left'];
}

/** More states than any program we met needs by a factor of a hundred; then silence is kept. */
const mostVisits = 400_000;

/** From so many states on, those that differ only in what leads to the resource are counted, */
const manyVisits = 4_000;
/** and from so many at one node on, they are taken for one in which all of it does. */
const mostAliasings = 16;

/** Walks every path from `starts` to a fixed point, shortest first. */
export function solve(run: Run, starts: readonly (readonly [FlowNode, State])[]): Solution {
  const seen = new Set<number>();
  const ids = new Map<State, number>();
  const byKey = new Map<string, number>();
  /** Equal states have one number; most steps hand on the very state they were given. */
  const idOf = (state: State): number => {
    let id = ids.get(state);
    if (id === undefined) {
      const key = keyOf(state);
      id = byKey.get(key) ?? byKey.size;
      byKey.set(key, id);
      ids.set(state, id);
    }
    return id;
  };
  const queue: Visit[] = [];
  const aliasings = new Map<string, { count: number; state: State }>();
  /** The state itself; where too many differ only in their aliases, the one that has them all. */
  const widened = (node: FlowNode, state: State): State => {
    if (queue.length < manyVisits) return state;
    const key = `${node.id} ${keyOf({ ...state, tokens: [] })}`;
    const known = aliasings.get(key);
    if (known === undefined) {
      aliasings.set(key, { count: 1, state });
      return state;
    }
    known.count += 1;
    known.state = withTokens(known.state, state.tokens);
    return known.count > mostAliasings ? known.state : state;
  };
  const visit = ({ node: reached, state, from, by }: Visit): void => {
    const node = state.status === 'returning' ? reached : beyond(reached);
    const wide = widened(node, state);
    const key = idOf(wide) * run.graph.nodes.length + node.id;
    if (seen.has(key)) return;
    seen.add(key);
    queue.push({ node, state: wide, from, by });
  };
  for (const [node, state] of starts) visit({ node, state, from: undefined, by: 'next' });
  let normal: Leak | undefined;
  let thrown: Leak | undefined;
  const atEnd: State[] = [];
  const atThrow: State[] = [];
  const lose = (at: Visit, end: Leak['end']): void => {
    if (at.state.exceptional) thrown = simpler(thrown, leakAt(at, 'throw', end));
    else normal ??= leakAt(at, 'normal', end);
  };
  /** Nothing ahead concerns it: it is lost on each way out. */
  const leaveBlindly = (at: Visit): void => {
    const exits = exitsOf(run);
    const calm = exits.calmly(at.node);
    const byThrow = exits.byThrow(at.node);
    if (calm !== undefined) {
      (calm.at(-1)?.to === run.graph.thrown ? atThrow : atEnd).push(at.state);
      const leak = leakAt(at, at.state.exceptional ? 'throw' : 'normal', 'exit', calm);
      if (at.state.exceptional) thrown = simpler(thrown, leak);
      else normal = shorter(normal, leak);
    }
    if (byThrow !== undefined) {
      atThrow.push(at.state);
      thrown = simpler(thrown, leakAt(at, 'throw', 'exit', byThrow));
    }
  };
  for (let index = 0; index < queue.length && index < mostVisits; index++) {
    const at = queue[index];
    if (at === undefined) break;
    const { node, state } = at;
    if (node === run.graph.end || node === run.graph.thrown) {
      (node === run.graph.end ? atEnd : atThrow).push(state);
      const lostReturn = state.status === 'returning' && node === run.graph.thrown;
      if ((owes(state) || lostReturn) && !isKept(run, state)) lose(at, 'exit');
      continue;
    }
    if (node.kind === 'eval' && node.ast === run.site?.call && owes(state) && !isKept(run, state)) lose(at, 'loop');
    if (canForget(run, state, node)) continue;
    if (isOutOfSight(run, state, node)) {
      leaveBlindly(at);
      continue;
    }
    let goesOn = false;
    for (const [edge, reached] of step(run, state, node)) {
      if (edge.kind !== 'throw') goesOn = true;
      visit({ node: edge.to, state: reached, from: at, by: edge.kind });
    }
    if (!goesOn && takesOver(node)) run.found.handedOn = true;
  }
  return { normal, thrown, atEnd, atThrow };
}

/** Where a path goes on behind joins that do nothing; those of jumps are told in findings. */
function beyond(reached: FlowNode): FlowNode {
  let node = reached;
  // Joins alone are a loop that never ends.
  for (let passed = 0; passed < 100 && node.kind === 'join' && node.call === undefined && !isJump(node.ast); passed += 1) {
    const [edge, other] = node.edges;
    if (edge?.kind !== 'next' || other !== undefined) break;
    node = edge.to;
  }
  return node;
}

function isJump({ type }: TSESTree.Node): boolean {
  return type === 'ReturnStatement' || type === 'BreakStatement' || type === 'ContinueStatement' || type === 'ThrowStatement';
}

/** A module's own variable keeps it for the process: no obligation ends there. */
function isKept(run: Run, state: State): boolean {
  if (run.graph.root.type !== 'Program') return false;
  return state.tokens.some((token) => 'references' in token.base && isModuleWide(token.base));
}

/** Behind the last mention of what was released there is nothing left to find. */
function canForget(run: Run, state: State, node: FlowNode): boolean {
  if (state.status !== 'released' && state.status !== 'uncertain') return false;
  if (run.site === undefined) return false;
  return node.ast.range[0] > lastMention(run, state);
}

/** Is it held where nothing ahead mentions it, nor leads back to where something does? */
function isOutOfSight(run: Run, state: State, node: FlowNode): boolean {
  const { site, graph } = run;
  if (site === undefined || state.status !== 'held' || state.inflight !== undefined || state.facts.size > 0 || run.keys.size > 0) return false;
  if (graph.root.type === 'Program' || node.ast.range[0] <= lastMention(run, state)) return false;
  // In a loop, or in a function that may run again and again, the acquire lies ahead too.
  const isMetAgain = loopAround(site.call, graph.root) !== site.call || functionAround(site.call) !== graph.root;
  return !isCaptured(run, state) && !isMetAgain;
}

function lastMention(run: Run, state: State): number {
  return state.tokens.reduce((last, { base }) => Math.max(last, lastMentionOf(base)), run.site?.call.range[1] ?? 0);
}

const lastMentions = new WeakMap<Token['base'], number>();

/** Where what a token stands for is mentioned last: the end of that statement, and of the loop around it. */
function lastMentionOf(base: Token['base']): number {
  const known = lastMentions.get(base);
  if (known !== undefined) return known;
  const mentions = 'references' in base ? base.references.map(({ identifier }) => identifier) : [base];
  const scope = 'references' in base ? base.scope.block : undefined;
  const last = mentions.reduce((end, mention) => Math.max(end, loopAround(statementAround(mention), scope).range[1]), 0);
  lastMentions.set(base, last);
  return last;
}

/** The statement of a mention; for a `using`, the block at whose end it is disposed of. */
function statementAround(node: TSESTree.Node): TSESTree.Node {
  let at = node;
  while (at.parent != null && !/(?:Statement|Declaration)$/u.test(at.type)) at = at.parent;
  return at.type === 'VariableDeclaration' && at.kind.endsWith('using') ? at.parent : at;
}

/** The outermost loop around a mention inside the scope of its variable. */
function loopAround(node: TSESTree.Node, scope: TSESTree.Node | undefined): TSESTree.Node {
  let found = node;
  for (let at: TSESTree.Node | null | undefined = node; at != null && at !== scope; at = at.parent) {
    if (/^(?:For|While|DoWhile)/.test(at.type)) found = at;
  }
  return found;
}

/** The path with fewer exceptions: what is lost although the handler came to its end is not the handler's fault. */
function simpler(known: Leak | undefined, other: Leak): Leak {
  const more = known === undefined ? 1 : exceptionsOn(known) - exceptionsOn(other);
  return more === 0 ? shorter(known, other) : more > 0 || known === undefined ? other : known;
}

function shorter(known: Leak | undefined, other: Leak): Leak {
  return known === undefined || other.path.length < known.path.length ? other : known;
}

function exceptionsOn({ path }: Leak): number {
  return path.filter(({ left }) => left === 'throw').length;
}

/** The path to a visit, and from there by the ways of a function that do not concern what is lost. */
function leakAt(last: Visit, kind: Leak['kind'], end: Leak['end'], ways: readonly Way[] = []): Leak {
  const path: Step[] = [];
  for (let at: Visit = last; at.from !== undefined; at = at.from) {
    path.push({ node: at.from.node, left: at.by });
  }
  path.reverse();
  let node = last.node;
  for (const { left, to } of ways) {
    path.push({ node, left });
    node = to;
  }
  path.push({ node, left: 'next' });
  return { kind, path, end };
}

/** Does the walk end at a node only because the resource went into other hands? */
function takesOver(node: FlowNode): boolean {
  // Behind an `await` that is sure to throw nothing goes on either.
  const passes = (node.kind === 'eval' && node.ast.type !== 'AwaitExpression') || node.kind === 'return' || node.kind === 'bind' || node.kind === 'callback';
  return passes && node.edges.some((edge) => edge.kind !== 'throw' && edge.kind !== 'crash');
}
