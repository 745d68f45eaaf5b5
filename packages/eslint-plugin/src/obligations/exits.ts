import type { Edge, FlowNode, Graph } from '../graph/graph.ts';
import { nothingFound, type Run } from './run.ts';
import { unopened, type State } from './state.ts';
import { step } from './step.ts';

/** One step of a way out of a function: how a node is left, and where that leads. */
export interface Way {
  readonly left: Edge['kind'];
  readonly to: FlowNode;
}

/**
 * The shortest ways from each node out of a function, for what none of them concerns.
 *
 * All resources that a function has lost sight of leave it by the same ways: they are found once,
 * so that many acquires in one function take no more than as many single ones.
 */
export interface Exits {
  /** Out without another exception: a `finally` leads on with the one it was entered by. */
  calmly(node: FlowNode): readonly Way[] | undefined;
  /** Out by an exception, or to the end after one that was caught. */
  byThrow(node: FlowNode): readonly Way[] | undefined;
}

const known = new WeakMap<Graph, Map<string, Exits>>();

/** The ways out of a graph, as the policy of a run has them. */
export function exitsOf(run: Run): Exits {
  let byType = known.get(run.graph);
  if (byType === undefined) known.set(run.graph, (byType = new Map<string, Exits>()));
  let exits = byType.get(run.protocol.type);
  if (exits === undefined) byType.set(run.protocol.type, (exits = findExits(run)));
  return exits;
}

/** Held by nothing that has a name: nothing in the function mentions it. */
const nameless: State = { ...unopened, status: 'held' };

function findExits(run: Run): Exits {
  const { graph } = run;
  const apart: Run = { ...run, keys: new Set(), tokens: new Map(), found: nothingFound() };
  const ways = graph.nodes.map((node) =>
    node === graph.end || node === graph.thrown ? [] : step(apart, nameless, node).map(([edge]): Way => ({ left: edge.kind, to: edge.to })),
  );
  const calmly = (way: Way): boolean => way.left !== 'throw';
  const goals = new Map([[graph.end, 0], [graph.thrown, 0]]);
  const calm = nearest(graph, ways, goals, calmly);
  const out = nearest(graph, ways, goals, () => true);
  // Whoever throws goes on as `out` has it; until then, only calm steps are taken.
  const throwing = new Map<FlowNode, number>();
  const first = new Map<FlowNode, Way>();
  for (const node of graph.nodes) {
    for (const way of ways[node.id] ?? []) {
      const rest = calmly(way) ? undefined : out.steps.get(way.to);
      if (rest === undefined || rest + 1 >= (throwing.get(node) ?? Infinity)) continue;
      throwing.set(node, rest + 1);
      first.set(node, way);
    }
  }
  const thrown = nearest(graph, ways, throwing, calmly);
  return {
    calmly: (node) => follow(node, (at) => calm.next.get(at)),
    byThrow: (node) => {
      const before = follow(node, (at) => thrown.next.get(at));
      const last = before === undefined ? undefined : (before.at(-1)?.to ?? node);
      const way = last === undefined ? undefined : first.get(last);
      if (before === undefined || way === undefined) return undefined;
      return [...before, way, ...(follow(way.to, (at) => out.next.get(at)) ?? [])];
    },
  };

  function follow(from: FlowNode, next: (at: FlowNode) => Way | null | undefined): readonly Way[] | undefined {
    const path: Way[] = [];
    for (let at = from; ; ) {
      const way = next(at);
      if (way === undefined) return undefined;
      if (way === null) return path;
      path.push(way);
      at = way.to;
    }
  }
}

interface Nearest {
  readonly steps: ReadonlyMap<FlowNode, number>;
  /** The first step of the shortest way; `null` where it has come to its end. */
  readonly next: ReadonlyMap<FlowNode, Way | null>;
}

/** The shortest ways to goals, each of which costs something itself. */
function nearest(graph: Graph, ways: readonly (readonly Way[])[], goals: ReadonlyMap<FlowNode, number>, takes: (way: Way) => boolean): Nearest {
  const back = new Map<FlowNode, [FlowNode, Way][]>();
  for (const node of graph.nodes) {
    for (const way of ways[node.id] ?? []) {
      if (!takes(way)) continue;
      const into = back.get(way.to);
      if (into === undefined) back.set(way.to, [[node, way]]);
      else into.push([node, way]);
    }
  }
  const steps = new Map<FlowNode, number>();
  const next = new Map<FlowNode, Way | null>();
  // Few costs are different: a bucket for each keeps the walk linear.
  const buckets: [FlowNode, Way | null][][] = [];
  const put = (node: FlowNode, way: Way | null, cost: number): void => {
    (buckets[cost] ??= []).push([node, way]);
  };
  for (const [goal, cost] of goals) put(goal, null, cost);
  for (let cost = 0; cost < buckets.length; cost += 1) {
    for (const [node, way] of buckets[cost] ?? []) {
      if (steps.has(node)) continue;
      steps.set(node, cost);
      next.set(node, way);
      for (const [from, by] of back.get(node) ?? []) if (!steps.has(from)) put(from, by, cost + 1);
    }
  }
  return { steps, next };
}
