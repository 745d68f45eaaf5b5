import type { TSESTree } from '@typescript-eslint/utils';
import { buildGraph } from '../graph/build.ts';
import type { ExceptionalPaths, FlowNode, FlowRoot, Graph, Tier } from '../graph/graph.ts';
import { linkOf } from '../graph/promise-link.ts';
import { functionOf } from '../read/callee.ts';
import { methodOf } from '../read/member.ts';
import { ownershipDoc } from '../read/jsdoc.ts';
import type { Method } from '../read/lineage.ts';
import type { Module } from '../read/module.ts';
import type { Site, View } from '../read/sites.ts';
import { returnedBy } from '../read/walk.ts';
import { bare, isFunction, type FunctionNode } from '../read/syntax.ts';
import { bindPattern } from './bind.ts';
import type { Outcome } from './call-step.ts';
import { givesBack, isLog, onlyResolves, tellsError } from './harmless.ts';
import { homeOf } from './home.ts';
import { guardKeys } from './keys.ts';
import { neverReturns } from './never.ts';
import { nothingFound, tokenOf, type Run } from './run.ts';
import { solve, type Solution } from './solve.ts';
import { unopened, withTokens, type State } from './state.ts';
import { variableOf } from './variable.ts';

/** How a file is analysed: the rules' common options. */
export interface AnalysisOptions {
  readonly exceptionalPaths: ExceptionalPaths;
  /** Functions that never return, by name: `fail`, `assert.fail`. */
  readonly neverReturns: readonly string[];
}

/** What a walk from an acquire found. */
export interface Result {
  readonly site: Site;
  readonly run: Run;
  readonly solution: Solution;
}

/** Awaits and calls of drivers are told apart when they are met. */
const highestTiers: Readonly<Record<ExceptionalPaths, Tier>> = { off: 0, await: 2, calls: 2, all: 3 };

/** Functions of functions are looked into so many calls deep. */
const deepest = 3;

/** A promise that waits for a promise that waits, so many times, is taken for one that may reject. */
const longestWait = 32;

/** The walks of one file under one set of options; every rule shares them. */
export class Analysis {
  readonly options: AnalysisOptions;
  readonly #graphs = new WeakMap<FlowRoot, Graph>();
  readonly #evaluations = new WeakMap<Graph, ReadonlyMap<TSESTree.Node, readonly FlowNode[]>>();
  readonly #results = new WeakMap<Site, Result>();
  readonly #settles = new WeakMap<TSESTree.Node, boolean>();
  readonly #settled = new WeakMap<FunctionNode, boolean>();
  readonly #outcomes = new WeakMap<FunctionNode, Map<string, Outcome | undefined>>();
  #depth = 0;
  #waits = 0;

  constructor(options: AnalysisOptions) {
    this.options = options;
  }

  /** The graph of a function or module. */
  graphOf(root: FlowRoot, module: Module): Graph {
    const known = this.#graphs.get(root);
    if (known !== undefined) return known;
    const graph = buildGraph(root, {
      highestTier: highestTiers[this.options.exceptionalPaths],
      neverReturns: (call) => neverReturns(call, module, this.options.neverReturns),
      functionOf: (argument) => onlyUseOf(argument, module, root),
    });
    this.#graphs.set(root, graph);
    return graph;
  }

  /** The nodes of a graph that evaluate a call; several where a `finally` stands more than once. */
  #evaluationsOf(call: TSESTree.Node, graph: Graph): readonly FlowNode[] {
    const known = this.#evaluations.get(graph);
    if (known !== undefined) return known.get(call) ?? [];
    const byCall = new Map<TSESTree.Node, FlowNode[]>();
    for (const node of graph.nodes) {
      if (node.kind !== 'eval' || (node.ast.type !== 'CallExpression' && node.ast.type !== 'NewExpression')) continue;
      const nodes = byCall.get(node.ast);
      if (nodes === undefined) byCall.set(node.ast, [node]);
      else nodes.push(node);
    }
    this.#evaluations.set(graph, byCall);
    return byCall.get(call) ?? [];
  }

  /** Follows what an acquire lends to every exit of the function it stands in. */
  resultOf(site: Site, module: Module): Result {
    const known = this.#results.get(site);
    if (known !== undefined) return known;
    const root = homeOf(site.call);
    const graph = this.graphOf(root, module);
    const run = this.#run(graph, module, site.protocol, site, new Map());
    const starts: (readonly [FlowNode, State])[] =
      run.keys.size > 0
        ? [[graph.entry, unopened]]
        : this.#evaluationsOf(site.call, graph).map((node) => [node, unopened]);
    const result: Result = { site, run, solution: solve(run, starts) };
    this.#results.set(site, result);
    return result;
  }

  /** What a function does with a resource it is given as an argument. */
  ofParameter(
    fn: FunctionNode,
    module: Module,
    index: number,
    views: readonly View[],
    caller: Run,
  ): Outcome | undefined {
    const documented = documentedOutcome(fn, module, index);
    if (documented !== undefined) return documented;
    const shape = views.map((view) => `${view.path}:${view.role}`).join();
    return this.#outcome(fn, `p${index} ${shape} ${caller.protocol.type}`, () => {
      const run = this.#run(this.graphOf(fn, module), module, caller.protocol, undefined, new Map());
      const held: State = { ...unopened, status: 'held' };
      return this.#judge(run, bindPattern(run, held, fn.params[index], views));
    });
  }

  /** What a method does with a resource that its object holds in a field. */
  ofOwn({ fn, owner, module }: Method, view: View, protocol: Run['protocol']): Outcome | undefined {
    return this.#outcome(fn, `t ${view.path} ${protocol.type}`, () => {
      const run = this.#run(this.graphOf(fn, module), module, protocol, undefined, new Map());
      const held: State = { ...unopened, status: 'held' };
      return this.#judge(run, withTokens(held, [tokenOf(run, owner, view)]));
    });
  }

  /** What a function does with a resource it has in its closure. */
  ofClosure(fn: FunctionNode, module: Module, state: State, caller: Run): Outcome | undefined {
    const key = `c ${state.tokens.map((token) => token.id).join()} ${caller.site?.call.range[0] ?? ''}`;
    return this.#outcome(fn, key, () => {
      const graph = this.graphOf(fn, module);
      const run = this.#run(graph, module, caller.protocol, undefined, caller.tokens);
      return this.#judge(run, { ...unopened, status: 'held', tokens: state.tokens });
    });
  }

  /** Is a promise awaited that cannot reject: of what gives something back, logs, or catches all it awaits? */
  settles(ast: TSESTree.Node, module: Module): boolean {
    let known = this.#settles.get(ast);
    if (known === undefined) this.#settles.set(ast, (known = this.#findSettled(ast, module)));
    return known;
  }

  #findSettled(ast: TSESTree.Node, module: Module): boolean {
    if (isLog(ast)) return true;
    if (ast.type !== 'AwaitExpression') return false;
    const call = bare(ast.argument);
    if (call.type === 'NewExpression') return onlyResolves(call);
    if (givesBack(call) || methodOf(call)?.name === 'allSettled' || isLog(call)) return true;
    return call.type === 'CallExpression' && (this.neverRejects(call, module) || (tellsError(ast) && functionOf(call.callee, module) === undefined));
  }

  /** Does a function of the program catch whatever it awaits, or return only promises that cannot reject? */
  neverRejects(call: TSESTree.CallExpression, module: Module): boolean {
    // What a chain of calls leads to is a builder's, and takes long to find.
    const target = isChained(call) ? undefined : functionOf(call.callee, module);
    if (target === undefined) return false;
    if (!target.fn.async) return catchesAll(target.fn);
    const known = this.#settled.get(target.fn);
    if (known !== undefined) return known;
    if (this.#waits >= longestWait) return false;
    this.#settled.set(target.fn, false);
    this.#waits += 1;
    const settled = this.#findNeverRejects(target.fn, target.module);
    this.#waits -= 1;
    this.#settled.set(target.fn, settled);
    return settled;
  }

  #findNeverRejects(fn: FunctionNode, module: Module): boolean {
    if (this.#surelyAwaits(fn, module)) return false;
    const graph = this.graphOf(fn, module);
    const seen = new Set<FlowNode>([graph.entry]);
    for (const node of seen) {
      for (const { kind, tier = 0, to } of node.edges) {
        const isPossible = kind !== 'throw' || tier === 0 || (tier === 1 ? !this.settles(node.ast, module) : this.options.exceptionalPaths !== 'await');
        if (isPossible) seen.add(to);
      }
    }
    const passesOn = returnedBy(fn).some((value) => value !== null && this.#mayReject(value, module));
    return !seen.has(graph.thrown) && !passesOn;
  }

  /** Does a function begin with an `await` that nothing catches? Then it needs no graph to tell that it may reject. */
  #surelyAwaits({ body }: FunctionNode, module: Module): boolean {
    const isUncaught = (node: TSESTree.Node | null): boolean => {
      const value = node === null ? null : bare(node);
      if (value?.type === 'AssignmentExpression') return isUncaught(value.right);
      return value?.type === 'AwaitExpression' && linkOf(value.argument) === undefined && !this.settles(value, module);
    };
    if (body.type !== 'BlockStatement') return isUncaught(body);
    for (const statement of body.body) {
      switch (statement.type) {
        case 'ExpressionStatement':
          if (isUncaught(statement.expression)) return true;
          break;
        case 'VariableDeclaration':
          if (statement.declarations.some(({ init }) => isUncaught(init))) return true;
          break;
        case 'IfStatement':
          if (statement.alternate !== null) return false;
          break;
        case 'FunctionDeclaration':
          break;
        default:
          return statement.type === 'ReturnStatement' && isUncaught(statement.argument);
      }
    }
    return false;
  }

  /** Is a value a promise that nobody here waits for? */
  #mayReject(value: TSESTree.Node, module: Module): boolean {
    const expression = bare(value);
    if (expression.type === 'NewExpression') return expression.callee.type === 'Identifier' && expression.callee.name === 'Promise';
    if (expression.type === 'CallExpression') return !this.neverRejects(expression, module) && methodOf(expression)?.name !== 'catch';
    if (expression.type === 'ConditionalExpression') return this.#mayReject(expression.consequent, module) || this.#mayReject(expression.alternate, module);
    return false;
  }

  #outcome(fn: FunctionNode, key: string, find: () => Outcome): Outcome | undefined {
    let known = this.#outcomes.get(fn);
    if (known === undefined) this.#outcomes.set(fn, (known = new Map<string, Outcome | undefined>()));
    if (known.has(key) || this.#depth >= deepest) return known.get(key);
    // A function that calls itself is met again with nothing known of it yet.
    known.set(key, undefined);
    this.#depth++;
    const outcome = find();
    this.#depth--;
    known.set(key, outcome);
    return outcome;
  }

  #judge(run: Run, start: State): Outcome {
    const { atEnd, atThrow } = solve(run, [[run.graph.entry, start]]);
    const isHeld = (state: State): boolean => state.status === 'held';
    const isReleased = (state: State): boolean => state.status === 'released' || state.status === 'uncertain';
    return {
      held: atEnd.some(isHeld),
      released: atEnd.some(isReleased),
      handedOn: run.found.handedOn || atEnd.some((state) => state.status === 'returning'),
      heldOnThrow: atThrow.some(isHeld),
      releasedOnThrow: atThrow.some(isReleased),
      returns:
        atEnd.some((state) => state.status === 'returning') &&
        run.found.gives.some((give) => give.kind === 'return' && give.views.length > 0),
      completes: atEnd.length > 0,
      unknownUse: run.found.unknownUses.size > 0,
    };
  }

  #run(
    graph: Graph,
    module: Module,
    protocol: Run['protocol'],
    site: Site | undefined,
    tokens: Run['tokens'],
  ): Run {
    const bareRun: Run = {
      analysis: this,
      module,
      graph,
      policy: this.options.exceptionalPaths,
      protocol,
      site,
      keys: new Set(),
      found: nothingFound(),
      tokens,
      thrown: new Map(),
    };
    return { ...bareRun, keys: guardKeys(bareRun, graph.root) };
  }
}

/** Does a function that is not `async` return nothing but promises whose rejection is handled? */
function catchesAll(fn: FunctionNode): boolean {
  const values = returnedBy(fn);
  return values.length > 0 && values.every((value) => {
    const call = value === null ? undefined : bare(value);
    if (call?.type === 'NewExpression') return onlyResolves(call);
    if (call?.type !== 'CallExpression') return false;
    const name = methodOf(call)?.name;
    return name === 'catch' || (name === 'then' && call.arguments.length > 1);
  });
}

function isChained(call: TSESTree.CallExpression): boolean {
  let at = methodOf(call)?.object;
  while (at?.type === 'MemberExpression') at = bare(at.object);
  return at?.type === 'CallExpression';
}

const kept: Outcome = {
  held: true,
  released: false,
  handedOn: false,
  heldOnThrow: false,
  releasedOnThrow: false,
  returns: false,
  completes: true,
  unknownUse: false,
};

/** What the comment before a function says it does with a parameter. */
function documentedOutcome(fn: FunctionNode, module: Module, index: number): Outcome | undefined {
  const doc = ownershipDoc(fn, module);
  const parameter = fn.params[index];
  if (doc === undefined || parameter?.type !== 'Identifier') return undefined;
  switch (doc.parameters.get(parameter.name)) {
    case 'borrows':
      return kept;
    case 'releases':
      return { ...kept, held: false, released: true };
    case 'owns':
      return { ...kept, held: false, handedOn: true };
    default:
      return undefined;
  }
}

/** A named function of the same function that is mentioned here alone is as good as a literal. */
function onlyUseOf(
  argument: TSESTree.Node,
  module: Module,
  root: FlowRoot,
): FunctionNode | undefined {
  const name = bare(argument);
  if (name.type !== 'Identifier') return undefined;
  const fn = localFunction(name, module);
  if (fn === undefined || fn === root) return undefined;
  return fn.range[0] >= root.range[0] && fn.range[1] <= root.range[1] ? fn : undefined;
}

function localFunction(name: TSESTree.Identifier, module: Module): FunctionNode | undefined {
  const variable = variableOf(name, module);
  const definition = variable?.defs[0];
  if (variable === undefined || definition === undefined || variable.defs.length > 1) return undefined;
  const reads = variable.references.filter((reference) => reference.isRead());
  if (reads.length !== 1) return undefined;
  if (definition.type === 'FunctionName' && isFunction(definition.node)) return definition.node;
  if (definition.type !== 'Variable' || definition.node.init === null) return undefined;
  const value = bare(definition.node.init);
  return isFunction(value) ? value : undefined;
}
