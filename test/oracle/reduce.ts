import type { Block, Program } from './program.ts';

/**
 * Takes away what a program does not need to keep a property: statements, then whole constructs for
 * what they contain. fast-check cannot look inside an idiom; this can.
 */
export async function reduce(
  program: Program,
  keeps: (smaller: Program) => Promise<boolean>,
): Promise<Program> {
  let smallest = program;
  for (;;) {
    const next = await firstOf(smallerBlocks(smallest), keeps);
    if (!next) return smallest;
    smallest = next;
  }
}

async function firstOf(
  candidates: Iterable<Block>,
  keeps: (smaller: Block) => Promise<boolean>,
): Promise<Block | undefined> {
  for (const candidate of candidates) if (await keeps(candidate)) return candidate;
  return undefined;
}

function* smallerBlocks(block: Block): Generator<Block> {
  for (const [index, statement] of block.entries()) {
    const before = block.slice(0, index);
    const after = block.slice(index + 1);
    yield [...before, ...after];
    for (const inner of blocksIn(statement)) yield [...before, ...inner, ...after];
    for (const smaller of smallerNodes(statement)) yield [...before, smaller, ...after];
  }
}

/** The same node with less in it; the node is a statement, a case or a tail. */
function* smallerNodes<Node extends object>(node: Node): Generator<Node> {
  for (const [key, value] of Object.entries(node)) {
    if (!Array.isArray(value)) continue;
    if (optional.has(key)) yield { ...node, [key]: undefined };
    if (isBlock(value)) for (const smaller of smallerBlocks(value)) yield { ...node, [key]: smaller };
    else yield* smallerParts(node, key, value as readonly object[]);
  }
}

function* smallerParts<Node extends object>(
  node: Node,
  key: string,
  parts: readonly object[],
): Generator<Node> {
  for (const [index, part] of parts.entries()) {
    if (parts.length > 1) yield { ...node, [key]: parts.toSpliced(index, 1) };
    for (const smaller of smallerNodes(part)) yield { ...node, [key]: parts.with(index, smaller) };
  }
}

const optional = new Set(['otherwise', 'handler', 'finalizer', 'rejected']);

function* blocksIn(node: object): Generator<Block> {
  for (const value of Object.values(node)) {
    if (!Array.isArray(value)) continue;
    if (isBlock(value)) yield value;
    else for (const part of value as readonly object[]) yield* blocksIn(part);
  }
}

/** An empty list counts as a block: there is nothing in it either way. */
function isBlock(list: readonly unknown[]): list is Block {
  return list.every((item) => typeof item === 'object' && item !== null && 'kind' in item);
}
