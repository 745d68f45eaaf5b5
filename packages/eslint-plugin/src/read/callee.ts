import type { TSESTree } from '@typescript-eslint/utils';
import type { Module } from './module.ts';
import { shapesOf } from './shape.ts';
import { isFunction, type FunctionNode } from './syntax.ts';

/** A function, and the file it stands in. */
export interface Target {
  readonly fn: FunctionNode;
  readonly module: Module;
}

/**
 * The definition that a callee refers to: a function, a method of a class or object of the
 * program, in this file or one import away. `undefined` where it may be more than one.
 */
export function functionOf(callee: TSESTree.Node, module: Module): Target | undefined {
  const [first, ...others] = shapesOf(callee, module);
  if (first?.kind !== 'expression' || first.path.length > 0 || !isFunction(first.node)) return undefined;
  const { node } = first;
  return others.every((other) => other.node === node) ? { fn: node, module: first.module } : undefined;
}
