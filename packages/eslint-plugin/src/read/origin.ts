import type { Driver } from '@lifeguard/catalogue';
import type { TSESTree } from '@typescript-eslint/utils';
import type { Module } from './module.ts';

/** What a value is, as far as imports, annotations and initialisers prove it. */
export type Origin =
  /** The module itself: `import * as pg`, `require('pg')`. */
  | { readonly kind: 'module'; readonly driver: Driver; readonly module: string }
  /** An export of a catalogued module: the class `Pool`, the function `createPool`. */
  | {
      readonly kind: 'export';
      readonly driver: Driver;
      readonly module: string;
      readonly export: string;
    }
  /** A value of a catalogued type, or a promise of one. */
  | {
      readonly kind: 'instance' | 'promise';
      readonly driver: Driver;
      readonly type: string;
      /** The module it was imported from; tells apart twins such as mysql2 and mysql2/promise. */
      readonly module?: string;
      readonly proof: 'import' | 'annotation' | 'followed' | 'types';
    }
  /** Provably something else: a literal, a local class, a builtin, an export of another package. */
  | { readonly kind: 'foreign'; readonly what: string };

/** Decides whose object an expression is; `undefined` where nothing proves it. */
export function originOf(node: TSESTree.Node, module: Module): Origin | undefined {
  void node;
  void module;
  return undefined;
}
