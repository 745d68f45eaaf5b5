import type { TSESTree } from '@typescript-eslint/utils';
import type { FunctionNode } from '../read/syntax.ts';

/**
 * Our control-flow graph: what may be evaluated after what, in one function.
 *
 *     async function f(pool) {              entry
 *       const c = await pool.connect();     call → await → declare      (call, await may throw)
 *       if (a) return;                      test a ─true→ return ─→ end
 *       c.release();                            └─false→ call ─→ end
 *     }
 *
 * A node is one evaluation, in the order of evaluation. A `throw` edge carries the tier at which a
 * policy takes it for possible; one graph serves every policy up to the one it was built for.
 *
 * Functions given to a call are part of the graph: the walk decides at a `callback` node whether
 * they run, because that depends on whose call it is. `finally` stands once for each way to leave
 * its `try`, so that what follows it keeps the way.
 *
 * Not modelled: the interleaving of callbacks with the code after their call (they run at the
 * call), getters and coercions that throw below tier 3, `with`, `eval`, a generator abandoned
 * between two `yield`s other than by an exception.
 */
export interface Graph {
  readonly root: FlowRoot;
  readonly nodes: readonly FlowNode[];
  readonly entry: FlowNode;
  /** Every normal completion of the function, by `return` or by its last statement. */
  readonly end: FlowNode;
  /** Every completion by an exception, and a rejection nobody handles. */
  readonly thrown: FlowNode;
  /** The process ends by an exception in a callback that nobody catches; `process.exit()` leads nowhere. */
  readonly gone: FlowNode;
}

/** What a graph is built for: a function, the module, a class field's value or a static block. */
export type FlowRoot =
  | FunctionNode
  | TSESTree.Program
  | TSESTree.StaticBlock
  | TSESTree.PropertyDefinition
  | TSESTree.AccessorProperty;

/** One evaluation. */
export interface FlowNode {
  readonly id: number;
  readonly kind: NodeKind;
  /** The syntax that is evaluated; for `callback` and `threw` the function. */
  readonly ast: TSESTree.Node;
  readonly edges: Edge[];
  /** For `callback`, `threw`, `bind` of a parameter: the call that runs the function. */
  readonly call: TSESTree.Node | undefined;
  /** For `return` and `bind`: whose value this becomes, or comes from. */
  readonly value: TSESTree.Node | undefined;
}

/**
 * What a node does. `eval` evaluates its syntax; `test` branches on it; `bind` gives a pattern its
 * value; `settle` waits for a promise of a chain; `callback` may run a function; `threw` is where
 * an exception leaves one; `dispose` ends a `using`; `join` does nothing.
 */
export type NodeKind =
  | 'entry'
  | 'end'
  | 'thrown'
  | 'gone'
  | 'eval'
  | 'test'
  | 'bind'
  | 'settle'
  | 'return'
  | 'throw'
  | 'callback'
  | 'threw'
  | 'dispose'
  | 'join';

/** A step from one evaluation to the next. */
export interface Edge {
  readonly kind: EdgeKind;
  readonly to: FlowNode;
  /** Only for `throw`. */
  readonly tier: Tier | undefined;
}

/** `run` enters a callback, `skip` passes it by, `crash` ends the process, or what runs in it. */
export type EdgeKind = 'next' | 'true' | 'false' | 'throw' | 'run' | 'skip' | 'crash';

/**
 * How sure it is that an evaluation can throw: 0 always does (`throw`), 1 waits for something
 * (`await`, `yield`), 2 calls something, 3 reads a member.
 */
export type Tier = 0 | 1 | 2 | 3;

/** Which tiers count, as an option: `off` 0, `await` 1 (and driver calls), `calls` 2, `all` 3. */
export type ExceptionalPaths = 'off' | 'await' | 'calls' | 'all';
