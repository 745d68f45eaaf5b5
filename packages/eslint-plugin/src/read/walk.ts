import type { TSESTree } from '@typescript-eslint/utils';
import { isClass, isFunction, type FunctionNode } from './syntax.ts';

const notChildren = new Set(['parent', 'loc', 'range', 'tokens', 'comments', 'type', 'regex']);

/** Tells whether a value is a node of a syntax tree. */
export function isNode(value: unknown): value is TSESTree.Node {
  return (
    typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string'
  );
}

interface Fields {
  readonly count: number;
  readonly children: readonly string[];
}

const fieldsOf = new Map<string, readonly Fields[]>();
const none: readonly string[] = [];

/**
 * The fields of a node that may hold nodes.
 *
 * Parsers differ in the fields they give a kind of node, but each gives a kind always as many.
 */
function childKeys(node: TSESTree.Node): readonly string[] {
  if (isLeaf(node)) return none;
  const count = Object.keys(node).length;
  const known = fieldsOf.get(node.type);
  if (known !== undefined) for (const fields of known) if (fields.count === count) return fields.children;
  const children = Object.keys(node).filter((key) => !notChildren.has(key));
  fieldsOf.set(node.type, [...(known ?? []), { count, children }]);
  return children;
}

/** Half of all nodes; of names only parameters have a type or decorators, which espree leaves out. */
function isLeaf(node: TSESTree.Node): boolean {
  if (node.type !== 'Identifier') return node.type === 'Literal';
  return node.typeAnnotation === undefined && !('decorators' in node && node.decorators.length > 0);
}

/** The nodes directly under a node, whatever the parser calls its fields. */
export function childrenOf(node: TSESTree.Node): readonly TSESTree.Node[] {
  const children: TSESTree.Node[] = [];
  for (const key of childKeys(node)) {
    const value: unknown = Reflect.get(node, key);
    if (typeof value !== 'object' || value === null) continue;
    if (Array.isArray(value)) {
      for (const item of value) if (isNode(item)) children.push(item);
    } else if (isNode(value)) {
      children.push(value);
    }
  }
  return children;
}

/** Calls `visit` for all nodes under a node, itself included, in the order of the text. */
export function visitAll(
  node: TSESTree.Node,
  visit: (node: TSESTree.Node) => void,
  enters?: (node: TSESTree.Node) => boolean,
): void {
  const stack = [node];
  for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
    visit(next);
    if (next === node || enters === undefined || enters(next)) pushChildren(stack, next);
  }
}

/** Puts the nodes directly under a node on a stack, the last first, so that the first comes off next. */
export function pushChildren(stack: TSESTree.Node[], node: TSESTree.Node): void {
  const keys = childKeys(node);
  for (let i = keys.length - 1; i >= 0; i--) {
    const key = keys[i];
    const value: unknown = key === undefined ? undefined : Reflect.get(node, key);
    if (typeof value !== 'object' || value === null) continue;
    if (Array.isArray(value)) {
      for (let j = value.length - 1; j >= 0; j--) {
        const item: unknown = value[j];
        if (isNode(item)) stack.push(item);
      }
    } else if (isNode(value)) {
      stack.push(value);
    }
  }
}

const returnsOf = new WeakMap<FunctionNode, readonly (TSESTree.Expression | null)[]>();

/** What a function returns, `null` for a bare `return`; the expression of a short arrow. */
export function returnedBy(fn: FunctionNode): readonly (TSESTree.Expression | null)[] {
  const known = returnsOf.get(fn);
  if (known !== undefined) return known;
  const found: (TSESTree.Expression | null)[] = [];
  if (fn.body.type === 'BlockStatement') {
    visitAll(
      fn.body,
      (node) => {
        if (node.type === 'ReturnStatement') found.push(node.argument);
      },
      (node) => !isFunction(node) && !isClass(node),
    );
  } else {
    found.push(fn.body);
  }
  returnsOf.set(fn, found);
  return found;
}
