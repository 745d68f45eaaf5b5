import type { Driver, Maker } from '@lifeguard/catalogue';
import type { TSESTree } from '@typescript-eslint/utils';
import { makersOf } from './catalogued.ts';
import type { Module } from './module.ts';
import { originOf } from './origin.ts';

/** A call or construction that makes a value of a driver. */
export interface Made {
  readonly driver: Driver;
  readonly maker: Maker;
  /** The module the maker was imported from. */
  readonly module: string;
}

/** The maker that an expression calls, if its import proves it. */
export function madeAt(
  node: TSESTree.CallExpression | TSESTree.NewExpression,
  module: Module,
): Made | undefined {
  const callee = originOf(node.callee, module);
  if (callee?.kind !== 'export' && callee?.kind !== 'module') return undefined;
  const maker = makersOf(callee).find(({ how }) => (node.type === 'NewExpression') === (how === 'new'));
  return maker === undefined ? undefined : { driver: callee.driver, maker, module: callee.module };
}
