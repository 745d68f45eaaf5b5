import type { TSESTree } from '@typescript-eslint/utils';
import type { FunctionNode } from '../read/syntax.ts';
import type { EdgeKind, FlowNode, NodeKind, Tier } from './graph.ts';

/** What the builder asks of the stages before it. */
export interface BuildOptions {
  /** The highest tier that the policy in force takes for possible; what is above is left out. Default 3. */
  readonly highestTier?: Tier;
  /** Does this call never return: because the process ends, or because it only throws? */
  neverReturns?(call: TSESTree.CallExpression): 'exit' | 'throws' | undefined;
  /** The function of this file that an argument refers to, if it is run from here alone. */
  functionOf?(argument: TSESTree.Node): FunctionNode | undefined;
}

/** A `try` with a `finally`, which is built once for each way to leave it. */
export interface FinallyFrame {
  readonly kind: 'finally';
  readonly ast: TSESTree.Node;
  readonly build: () => void;
  readonly copies: Map<string, { readonly entry: FlowNode; exit: FlowNode | undefined }>;
}

/** What encloses the point being built, innermost last. */
export type Frame =
  | {
      readonly kind: 'jump';
      readonly labels: readonly string[];
      /** Reached by a `break` without a label. */
      readonly plain: boolean;
      readonly breakTo: FlowNode;
      readonly continueTo?: FlowNode;
    }
  | { readonly kind: 'catch' | 'reject'; readonly to: FlowNode }
  | FinallyFrame
  | {
      readonly kind: 'function';
      readonly returnTo: FlowNode;
      readonly throwTo: FlowNode;
      /** Where what a `throw` throws goes; as any exception, if not given. */
      readonly thrownTo?: FlowNode;
      /** Where the rejection of a promise goes that is returned; as an exception, if not given. */
      readonly rejectTo?: FlowNode;
      /** The expression whose value a `return` gives: a promise link, an immediate call. */
      readonly value?: TSESTree.Node;
      /** A promise link adopts the promise its callback returns. */
      readonly adopts: boolean;
    };

/**
 * `finally` in `finally` in `finally`: from this depth one copy serves all ways to leave its `try`,
 * so that the graph stays linear in the nesting. What is lost is which way it was left.
 */
export const deepestOwnCopy = 3;

/** The graph under construction, and the point where the next evaluation goes. */
export class Flow {
  readonly nodes: FlowNode[] = [];
  readonly options: BuildOptions;
  readonly highestTier: Tier;
  /** Where control is; `undefined` behind a jump. */
  current: FlowNode | undefined;
  frames: Frame[] = [];
  /** Where a short-circuited optional chain goes on. */
  chainEnd: FlowNode | undefined;
  /** How deep in reactions to `finally` of promise chains the current point is. */
  settling = 0;
  /** Functions being inlined, against recursion. */
  readonly inlining = new Set<FunctionNode>();
  #finallyDepth = 0;

  constructor(options: BuildOptions) {
    this.options = options;
    this.highestTier = options.highestTier ?? 3;
  }

  node(kind: NodeKind, ast: TSESTree.Node, more?: Partial<Pick<FlowNode, 'call' | 'value'>>): FlowNode {
    const node: FlowNode = { id: this.nodes.length, kind, ast, edges: [], call: more?.call, value: more?.value };
    this.nodes.push(node);
    return node;
  }

  edge(from: FlowNode, to: FlowNode, kind: EdgeKind = 'next', tier?: Tier): void {
    for (const edge of from.edges) if (edge.to === to && edge.kind === kind) return;
    from.edges.push({ kind, to, tier });
  }

  /** Appends an evaluation; with a tier it may throw. */
  emit(
    kind: NodeKind,
    ast: TSESTree.Node,
    tier?: Tier,
    more?: Partial<Pick<FlowNode, 'call' | 'value'>>,
  ): FlowNode {
    const node = this.node(kind, ast, more);
    this.goTo(node);
    this.current = node;
    if (tier !== undefined && tier <= this.highestTier) this.edge(node, this.throwTarget(), 'throw', tier);
    return node;
  }

  /** Joins the current point to a node, without moving there. */
  goTo(node: FlowNode, kind: EdgeKind = 'next'): void {
    if (this.current !== undefined) this.edge(this.current, node, kind);
  }

  /** Where an exception goes from here. */
  throwTarget(): FlowNode {
    return this.#route('throw', (frame) => {
      if (frame.kind === 'catch' || frame.kind === 'reject') return frame.to;
      return frame.kind === 'function' ? frame.throwTo : undefined;
    });
  }

  /** Where an exception goes that a `throw` throws here. */
  thrownTarget(): FlowNode {
    if (this.functionFrame()?.thrownTo === undefined) return this.throwTarget();
    return this.#route('thrown', (frame) => {
      if (frame.kind === 'catch' || frame.kind === 'reject') return frame.to;
      return frame.kind === 'function' ? (frame.thrownTo ?? frame.throwTo) : undefined;
    });
  }

  /** Where the rejection of a promise goes that is returned without `await`: past every `catch`. */
  rejectTarget(): FlowNode {
    return this.#route('reject', (frame) => {
      if (frame.kind === 'reject') return frame.to;
      return frame.kind === 'function' ? (frame.rejectTo ?? frame.throwTo) : undefined;
    });
  }

  /** Leaves by `return`. */
  returnTarget(): FlowNode {
    return this.#route('return', (frame) => (frame.kind === 'function' ? frame.returnTo : undefined));
  }

  /** Leaves by `break` or `continue`. */
  jumpTarget(how: 'break' | 'continue', label: string | undefined): FlowNode {
    return this.#route(`${how} ${label ?? ''}`, (frame) => {
      if (frame.kind === 'function') return frame.returnTo;
      if (frame.kind !== 'jump') return undefined;
      const meant =
        label === undefined
          ? frame.plain && (how === 'break' || frame.continueTo !== undefined)
          : frame.labels.includes(label);
      if (!meant) return undefined;
      return how === 'break' ? frame.breakTo : (frame.continueTo ?? frame.breakTo);
    });
  }

  /** The function being built around here. */
  functionFrame(): Extract<Frame, { kind: 'function' }> | undefined {
    for (let i = this.frames.length - 1; i >= 0; i--) {
      const frame = this.frames[i];
      if (frame?.kind === 'function') return frame;
    }
    return undefined;
  }

  /** Does the current point come round again? */
  get isInLoop(): boolean {
    return this.frames.some((frame) => frame.kind === 'jump' && frame.continueTo !== undefined);
  }

  /** Builds something inside a frame. */
  within(frame: Frame, build: () => void): void {
    this.frames.push(frame);
    build();
    this.frames.pop();
  }

  /** Goes on behind a `try` whose block has come to its end. */
  complete(frame: FinallyFrame): void {
    if (this.current === undefined) return;
    if (this.#finallyDepth < deepestOwnCopy) {
      this.#finallyDepth++;
      frame.build();
      this.#finallyDepth--;
      return;
    }
    const done = this.node('join', frame.ast);
    this.goTo(this.#copy(frame, this.frames.length, 'normal', () => done));
    this.current = done;
  }

  #route(way: string, find: (frame: Frame) => FlowNode | undefined): FlowNode {
    for (let i = this.frames.length - 1; i >= 0; i--) {
      const frame = this.frames[i];
      if (frame === undefined) break;
      const found = find(frame);
      if (found !== undefined) return found;
      if (frame.kind === 'finally') return this.#copy(frame, i, way, find);
    }
    throw new Error('LIFEGUARD_GRAPH: a jump left the function it stands in.');
  }

  #copy(
    frame: FinallyFrame,
    index: number,
    way: string,
    find: (frame: Frame) => FlowNode | undefined,
  ): FlowNode {
    const shared = this.#finallyDepth >= deepestOwnCopy;
    const key = shared ? 'any' : way;
    const known = frame.copies.get(key);
    if (known !== undefined && !shared) return known.entry;
    const { frames, current } = this;
    this.frames = frames.slice(0, index);
    const copy = known ?? { entry: this.node('join', frame.ast), exit: undefined };
    if (known === undefined) {
      frame.copies.set(key, copy);
      this.current = copy.entry;
      this.#finallyDepth++;
      frame.build();
      this.#finallyDepth--;
      copy.exit = this.current;
    }
    if (copy.exit !== undefined) this.edge(copy.exit, this.#route(way, find));
    this.frames = frames;
    this.current = current;
    return copy.entry;
  }
}
