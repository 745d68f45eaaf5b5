import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { toDot, toText } from '../../packages/eslint-plugin/src/graph/dot.ts';
import { graphOf } from './program.ts';

const folder = new URL('programs/', import.meta.url);
const names = readdirSync(folder);

describe('the graph', () => {
  it.each(names)('is as drawn at the head of %s', (name) => {
    const { drawing, code } = read(name);
    // The order of the lines is the reader's, not the builder's.
    expect(toText(graphOf(code), code).split('\n').sort()).toEqual(drawing.split('\n').sort());
  });

  it.each([
    ['in a try', (inner: string) => `try { ${inner} } finally { a(); }`],
    ['in a finally', (inner: string) => `try { a(); } finally { ${inner} }`],
    ['in its reaction to a promise', (inner: string) => `return p().finally(() => { ${inner} });`],
    ['in both', (inner: string) => `try { ${inner} b(); } finally { try { a(); } finally { c(); } }`],
  ])('stays linear where a finally stands %s, and still ends both ways', (_title, wrap) => {
    const sizes = [4, 8, 12].map((depth) => {
      let body = 'z();';
      for (let level = 0; level < depth; level++) body = wrap(body);
      const graph = graphOf(`function f() { ${body} }`);
      const reached = new Set([graph.entry]);
      for (const node of reached) for (const { to } of node.edges) reached.add(to);
      expect([reached.has(graph.end), reached.has(graph.thrown)]).toEqual([true, true]);
      return graph.nodes.length;
    });
    const [small = 0, middle = 0, large = 0] = sizes;
    expect(large - middle).toBeLessThanOrEqual(2 * (middle - small));
  });

  it.each(names)('lets every way out of %s end somewhere', (name) => {
    const graph = graphOf(read(name).code);
    const ends = new Set([graph.end, graph.thrown, graph.gone]);
    const dead = graph.nodes.filter((node) => !ends.has(node) && node.edges.length === 0 && isReached(node.id, name));
    expect(dead.map(({ kind, ast }) => `${kind} ${ast.type}`).filter((one) => !/^eval CallExpression/u.test(one))).toEqual([]);
  });

  it.each(names)('is drawn in DOT for %s: every arrow between boxes, nothing open', (name) => {
    const { code } = read(name);
    const lines = toDot(graphOf(code), code).trimEnd().split('\n');
    expect([lines[0], lines.at(-1)]).toEqual(['digraph {', '}']);
    const boxes = new Set<string>();
    const ends = new Set<string>();
    for (const line of lines.slice(2, -1)) {
      const [, from = '', to, attributes = ''] = /^ {2}(\d+)(?: -> (\d+))? \[(.*)\]$/u.exec(line) ?? [];
      expect(attributes).toMatch(/^label="(?:[^"\\]|\\["\\])*"(?: style=dashed)?$/u);
      if (to === undefined) boxes.add(from);
      else ends.add(from).add(to);
    }
    expect([...ends].filter((id) => !boxes.has(id))).toEqual([]);
    expect(boxes.size).toBeGreaterThan(1);
  });
});

function isReached(id: number, name: string): boolean {
  const { code } = read(name);
  return new RegExp(`^ {2}${id} \\[`, 'mu').test(toDot(graphOf(code), code));
}

/** Splits a program into the drawing in its head comment and its code. */
function read(name: string): { readonly drawing: string; readonly code: string } {
  const text = readFileSync(new URL(name, folder), 'utf8');
  const [, comment = '', code = ''] = /^((?:\/\/.*\n)+)\n([\s\S]*)$/u.exec(text) ?? [];
  return { drawing: comment.trimEnd().replace(/^\/\/ ?/gmu, ''), code };
}
