import type { FlowNode, Graph } from './graph.ts';

/** Draws a graph in the DOT language, one box per evaluation, exceptions dashed. */
export function toDot(graph: Graph, text: string): string {
  const lines = ['digraph {', '  node [shape=box fontname="monospace"]'];
  for (const node of reachable(graph)) {
    lines.push(`  ${node.id} [label=${JSON.stringify(labelOf(node, text))}]`);
    for (const edge of node.edges) {
      const label = edge.tier === undefined ? edge.kind : `${edge.kind} ${edge.tier}`;
      const style = edge.kind === 'throw' || edge.kind === 'crash' ? ' style=dashed' : '';
      lines.push(`  ${node.id} -> ${edge.to.id} [label=${JSON.stringify(label)}${style}]`);
    }
  }
  return [...lines, '}', ''].join('\n');
}

/**
 * Writes a graph as text, one line per evaluation that has a way out: what the tests compare.
 * Joins are left out, what they lead to stands in their place.
 */
export function toText(graph: Graph, text: string): string {
  const lines: string[] = [];
  for (const node of reachable(graph)) {
    if (node.kind === 'join') continue;
    const ways = node.edges.flatMap((edge) =>
      targets(edge.to).map((to) => {
        const mark = edge.kind === 'next' ? '' : `${edge.kind}${edge.tier ?? ''} `;
        return mark + labelOf(to, text);
      }),
    );
    if (ways.length > 0) lines.push(`${labelOf(node, text)} -> ${[...new Set(ways)].join(' | ')}`);
  }
  return lines.join('\n');
}

function targets(node: FlowNode, seen = new Set<FlowNode>()): readonly FlowNode[] {
  if (node.kind !== 'join') return [node];
  if (seen.has(node)) return [];
  seen.add(node);
  return node.edges.flatMap((edge) => targets(edge.to, seen));
}

function reachable(graph: Graph): readonly FlowNode[] {
  const seen = new Set<FlowNode>([graph.entry]);
  for (const node of seen) for (const edge of node.edges) seen.add(edge.to);
  return [...seen];
}

function labelOf(node: FlowNode, text: string): string {
  if (['entry', 'end', 'thrown', 'gone'].includes(node.kind)) return node.kind;
  const source = text.slice(...node.ast.range).replace(/\s+/g, ' ');
  const short = source.length > 30 ? `${source.slice(0, 29)}…` : source;
  return node.kind === 'eval' ? short : `${node.kind} ${short}`;
}
