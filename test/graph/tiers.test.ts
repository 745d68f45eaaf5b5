import { describe, expect, it } from 'vitest';
import { toText } from '../../packages/eslint-plugin/src/graph/dot.ts';
import type { Graph } from '../../packages/eslint-plugin/src/graph/graph.ts';
import { graphOf } from './program.ts';

const code = `async function total(orders) {
  if (orders.closed) throw new Error('closed');
  const sum = add(orders.items);
  await store(sum);
  return new Total(sum).value;
}`;
const tiers = [0, 1, 2, 3] as const;

/** The tiers of the edges by which something throws. */
function tiersOf(graph: Graph): ReadonlySet<number> {
  return new Set(graph.nodes.flatMap(({ edges }) => edges.flatMap(({ kind, tier }) => (kind === 'throw' && tier !== undefined ? [tier] : []))));
}

function membersOf(graph: Graph): number {
  return graph.nodes.filter(({ kind, ast }) => kind === 'eval' && ast.type === 'MemberExpression').length;
}

describe('a graph that is built up to a tier', () => {
  it('has a way for each thing that may throw, where none is named', () => {
    expect(tiersOf(graphOf(code))).toEqual(new Set([0, 1, 2, 3]));
    expect(toText(graphOf(code), code)).toBe(toText(graphOf(code, { highestTier: 3 }), code));
  });

  it.each(tiers)('leaves out the ways above tier %i, and no other', (highestTier) => {
    expect(tiersOf(graphOf(code, { highestTier }))).toEqual(new Set(tiers.filter((tier) => tier <= highestTier)));
  });

  it('leaves out what does nothing but throw', () => {
    expect(membersOf(graphOf(code))).toBe(3);
    expect(membersOf(graphOf(code, { highestTier: 2 }))).toBe(0);
  });

  it.each(tiers)('reaches the same ends at tier %i', (highestTier) => {
    const graph = graphOf(code, { highestTier });
    const reached = new Set([graph.entry]);
    for (const node of reached) for (const { to } of node.edges) reached.add(to);
    expect([reached.has(graph.end), reached.has(graph.thrown)]).toEqual([true, true]);
  });

  it('evaluates calls, awaits and constructions in the same order', () => {
    const evaluated = (graph: Graph): string[] =>
      graph.nodes.filter(({ kind, ast }) => kind !== 'join' && (kind !== 'eval' || ast.type !== 'MemberExpression')).map(({ kind, ast }) => `${kind} ${ast.type}`);
    expect(evaluated(graphOf(code, { highestTier: 0 }))).toEqual(evaluated(graphOf(code)));
  });
});
