import type { TSESTree } from '@typescript-eslint/utils';
import type { Scope } from '@typescript-eslint/utils/ts-eslint';
import type { ExceptionalPaths, Graph } from '../graph/graph.ts';
import type { Module } from '../read/module.ts';
import type { Protocol } from '../read/protocol.ts';
import type { Site, View } from '../read/sites.ts';
import type { Analysis } from './analysis.ts';
import type { State, Token } from './state.ts';

/** One walk: one resource through one graph. */
export interface Run {
  readonly analysis: Analysis;
  readonly module: Module;
  readonly graph: Graph;
  readonly policy: ExceptionalPaths;
  readonly protocol: Protocol;
  /** The acquire; `undefined` where the resource is there from the start, as a parameter. */
  readonly site: Site | undefined;
  /** Conditions worth remembering: those that guard a release. */
  readonly keys: ReadonlySet<string>;
  readonly found: Found;
  readonly tokens: Map<Token['base'], Token[]>;
  /** The states of this walk as an exception leaves them. */
  readonly thrown: Map<State, State>;
}

/** What a walk met on its way. */
export interface Found {
  /** A release somewhere, on any path. */
  releases: Set<TSESTree.Node>;
  /** A call to a function nobody knows that was given the resource. */
  unknownUses: Set<TSESTree.Node>;
  /** What is called on the resource, by name; statements that begin and end a transaction as the methods that do. */
  operations: Map<string, Set<TSESTree.Node>>;
  /** A second release, by the node. */
  doubles: Map<TSESTree.Node, TSESTree.Node>;
  /** A use after a release: the use, the release. */
  lateUses: Map<TSESTree.Node, TSESTree.Node>;
  /** A release while an operation runs: the operation, the release. */
  earlyReleases: Map<TSESTree.Node, TSESTree.Node>;
  /** Ways the resource was handed to the caller: by `return`, or through a callback parameter. */
  gives: Give[];
  /** Where the resource went into a field: the assignment. */
  fields: Set<TSESTree.AssignmentExpression>;
  /** The only place that led to it was given another value. */
  overwrites: Set<TSESTree.Node>;
  /** Known functions that were given the resource: do they keep it when they throw? */
  keptOnThrow: Set<TSESTree.Node>;
  /** Calls that may have given it back when they throw. */
  endedOnThrow: Set<TSESTree.Node>;
  /** On some path the resource went into other hands. */
  handedOn: boolean;
  /** A listener releases it on success only. */
  onEndOnly: Set<TSESTree.Node>;
}

/** How a function hands the resource to its caller. */
export type Give =
  | { readonly kind: 'return'; readonly at: TSESTree.Node; readonly views: readonly View[]; readonly lazy: boolean }
  | {
      readonly kind: 'callback';
      /** Which parameter of the function is called. */
      readonly parameter: Scope.Variable;
      readonly argument: number;
      /** The parameter itself is the callback of the acquire: it is called as that calls it. */
      readonly forwarded?: boolean;
    };

/** An empty record. */
export function nothingFound(): Found {
  return {
    releases: new Set(),
    unknownUses: new Set(),
    operations: new Map(),
    doubles: new Map(),
    lateUses: new Map(),
    earlyReleases: new Map(),
    gives: [],
    fields: new Set(),
    overwrites: new Set(),
    keptOnThrow: new Set(),
    endedOnThrow: new Set(),
    handedOn: false,
    onEndOnly: new Set(),
  };
}

/** The token for a view of a base; equal arguments give the same object. */
export function tokenOf(run: Run, base: Token['base'], view: View): Token {
  let list = run.tokens.get(base);
  if (list === undefined) run.tokens.set(base, (list = []));
  const known = list.find((token) => token.path === view.path && token.role === view.role);
  if (known !== undefined) return known;
  let count = 0;
  for (const tokens of run.tokens.values()) count += tokens.length;
  const token: Token = { id: count, base, path: view.path, role: view.role };
  list.push(token);
  return token;
}

/** Is the node inside the function (or module) this walk is about, nested functions included? */
export function inRoot(run: Run, node: TSESTree.Node): boolean {
  return within(node, run.graph.root);
}

/** Does one node's text lie inside another's? */
export function within(inner: TSESTree.Node, outer: TSESTree.Node): boolean {
  return inner.range[0] >= outer.range[0] && inner.range[1] <= outer.range[1];
}
