import { body } from './call.ts';
import { evaluate } from './expression.ts';
import { Flow, type BuildOptions } from './flow.ts';
import { isFunction } from '../read/syntax.ts';
import type { FlowRoot, Graph } from './graph.ts';
import { statements } from './statement.ts';

/** Builds the graph of a function, of the module, of a static block or of a field's value. */
export function buildGraph(root: FlowRoot, options: BuildOptions = {}): Graph {
  const flow = new Flow(options);
  const entry = flow.node('entry', root);
  const end = flow.node('end', root);
  const thrown = flow.node('thrown', root);
  const gone = flow.node('gone', root);
  flow.current = entry;
  flow.within({ kind: 'function', returnTo: end, throwTo: thrown, adopts: false }, () => {
    if (isFunction(root)) {
      body(flow, root);
    } else {
      if (root.type === 'Program' || root.type === 'StaticBlock') statements(flow, root.body);
      else evaluate(flow, root.value);
      flow.goTo(end);
    }
  });
  return { root, nodes: flow.nodes, entry, end, thrown, gone };
}
