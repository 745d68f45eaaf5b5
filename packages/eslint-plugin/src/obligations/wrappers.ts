import type { TSESTree } from '@typescript-eslint/utils';
import { mayAcquire, mayMakeLent } from '../read/candidate.ts';
import { functionOf } from '../read/callee.ts';
import { importedName, isFromProject } from '../read/imports.ts';
import { ownershipDoc } from '../read/jsdoc.ts';
import type { Module } from '../read/module.ts';
import { protocolOf, type Protocol } from '../read/protocol.ts';
import { memberName, methodOf } from '../read/member.ts';
import { namedCallsIn } from '../read/named-calls.ts';
import { callsIn, callsWithin } from '../read/nodes.ts';
import { sitesIn, wholeResource, type Site } from '../read/sites.ts';
import { bare, isFunction, type FunctionNode } from '../read/syntax.ts';
import { returnedBy } from '../read/walk.ts';
import type { FlowRoot } from '../graph/graph.ts';
import type { Analysis } from './analysis.ts';
import { Holders } from './holders.ts';
import { homeOf } from './home.ts';
import { isUsedAsLent } from './lent-use.ts';
import { isPlainlyUsed } from './plain-use.ts';
import type { Give, Run } from './run.ts';
import { wrapped } from './values.ts';
import { nameGiven, variableOf } from './variable.ts';

/** A wrapper of a wrapper of a wrapper is still seen. */
const deepest = 3;

/** What calling a function lends: the site inside it, and how it comes out. */
interface Lending {
  readonly site: Site;
  readonly give: Give;
  /** How many of the function's `return`s give a resource. */
  readonly gives: number;
  readonly fn: FunctionNode;
}

/**
 * The calls of a module to functions that acquire and hand the resource to their caller:
 * `const client = await getClient()`.
 */
export class Wrappers {
  readonly #analysis: Analysis;
  readonly #lent = new WeakMap<FunctionNode, Lending | null>();
  readonly #sites = new WeakMap<Module, readonly Site[]>();
  readonly #holders: Holders;
  #depth = 0;

  constructor(analysis: Analysis) {
    this.#analysis = analysis;
    this.#holders = new Holders(analysis, { siteOf: (call, module) => this.#acquireAt(call, module), mayBeSite });
  }

  /** The sites of a module: by the catalogue, and by functions that lend. */
  sitesIn(module: Module): readonly Site[] {
    const known = this.#sites.get(module);
    if (known !== undefined) return known;
    const byCatalogue = sitesIn(module);
    this.#sites.set(module, byCatalogue);
    const direct = [...byCatalogue, ...this.#holders.sitesIn(module)];
    const calls = new Set<TSESTree.Node>(direct.map((site) => site.call));
    const found: Site[] = [...direct];
    const isDocumented = module.text.includes('@acquires');
    let names = this.#namesThatLend(direct, module);
    let worth = isDocumented ? callsIn(module) : mayLendIn(module, names);
    // Functions that pass on what a wrapper lends are known once the wrapper's calls are.
    for (let round = 0; round < deepest; round += 1) {
      const before = found.length;
      for (const call of worth) {
        if (call.type !== 'CallExpression' || calls.has(call)) continue;
        const site = this.#siteAt(call, module);
        if (site === undefined) continue;
        calls.add(call);
        found.push(site);
      }
      const known = names;
      names = this.#namesThatLend(found.slice(before), module);
      if ([...names].every((name) => known.has(name))) break;
      worth = [...names].flatMap((name) => callsNamed(name, module));
    }
    found.sort((a, b) => a.call.range[0] - b.call.range[0]);
    this.#sites.set(module, found);
    return found;
  }

  /** The names of the functions of a module that lend what they acquire, or call one that does. */
  #namesThatLend(sites: readonly Site[], module: Module): ReadonlySet<string> {
    // All of these are followed to their end anyway.
    return namesFrom(sites.filter((site) => this.#analysis.resultOf(site, module).run.found.gives.length > 0), module);
  }

  /** What a call acquires, by the catalogue or by a function that lends. */
  #acquireAt(call: TSESTree.CallExpression | TSESTree.NewExpression, module: Module): Site | undefined {
    if (!mayBeSite(call, module)) return undefined;
    const direct = sitesIn(module).find((site) => site.call === call);
    return direct !== undefined || call.type === 'NewExpression' ? direct : this.#siteAt(call, module);
  }

  #siteAt(call: TSESTree.CallExpression, module: Module): Site | undefined {
    const callee = bare(call.callee);
    if (callee.type !== 'Identifier' && callee.type !== 'MemberExpression') return undefined;
    if (!isUsedAsLent(call, module)) return undefined;
    const target = functionOf(call.callee, module);
    if (target === undefined) return undefined;
    const lending = this.#lendingOf(target.fn, target.module);
    if (lending === undefined) return documentedSite(call, target.fn, target.module);
    const site = siteOf(call, lending, target.fn);
    return site?.protocol.held !== undefined && !isKeptPlainly(call, module) ? undefined : site;
  }

  #lendingOf(fn: FunctionNode, module: Module): Lending | undefined {
    const known = this.#lent.get(fn);
    if (known !== undefined) return known ?? undefined;
    if (this.#depth >= deepest) return undefined;
    this.#lent.set(fn, null);
    this.#depth++;
    const lending = this.#find(fn, module);
    this.#depth--;
    this.#lent.set(fn, lending ?? null);
    return lending;
  }

  #find(fn: FunctionNode, module: Module): Lending | undefined {
    const inside: Site[] = [...sitesAtHome(fn, module), ...this.#holders.sitesIn(module).filter(({ call }) => homeOf(call) === fn)];
    if (inside.length === 0) {
      const names = lendingNames(module);
      for (const call of callsWithin(fn, module)) {
        const isWorth = call.type === 'CallExpression' && mayLend(call, names, module) && homeOf(call) === fn;
        const site = isWorth ? this.#siteAt(call, module) : undefined;
        if (site !== undefined) inside.push(site);
      }
    }
    const results = inside.map((site) => this.#analysis.resultOf(site, module));
    const gives = new Set(results.flatMap(({ run }) => run.found.gives.map((one) => (one.kind === 'return' ? one.at : one)))).size;
    for (const { site, run, solution } of results) {
      const returns = solution.atEnd.some((state) => state.status === 'returning');
      const object = returns ? this.objectGiven(run) : undefined;
      if (object !== undefined) return { site: { ...site, protocol: object.protocol }, give: object.give, fn, gives };
      const give = run.found.gives.find((one) => one.kind === 'callback' || (returns && one.views.length > 0 && !isHidden(one, run)));
      if (give !== undefined) return { site, give, fn, gives };
    }
    return undefined;
  }

  /** `return new Transaction(client)`: what the caller gets is an object that ends what it was made of. */
  objectGiven(run: Run): { readonly protocol: Protocol; readonly give: Give } | undefined {
    const [give, other] = run.found.gives;
    if (give?.kind !== 'return' || other !== undefined) return undefined;
    const value = give.at.type === 'ReturnStatement' ? give.at.argument : give.at;
    const made = value === null ? undefined : madeFrom(value, run.module);
    if (made === undefined) return undefined;
    const isTaken = (argument: TSESTree.Node): boolean => {
      const taken = bare(argument.type === 'AwaitExpression' ? argument.argument : argument);
      const base = taken.type === 'Identifier' ? variableOf(taken, run.module) : taken;
      return base !== undefined && run.tokens.get(base)?.some(({ path, role }) => path === '' && role === 'resource') === true;
    };
    const protocol = this.#holders.takerAt(made, run.protocol, isTaken, run.module);
    return protocol === undefined ? undefined : { protocol, give: { ...give, views: wholeResource } };
  }
}

/** The construction that an expression is, or that made the variable it names. */
function madeFrom(node: TSESTree.Node, module: Module): TSESTree.NewExpression | undefined {
  const value = bare(node);
  if (value.type === 'NewExpression') return value;
  const variable = value.type === 'Identifier' ? variableOf(value, module) : undefined;
  const definition = variable?.defs[0];
  if (definition?.type !== 'Variable' || definition.node.init === null) return undefined;
  const init = bare(definition.node.init);
  const isOnce = variable?.references.every((reference) => !reference.isWrite() || reference.init === true) === true;
  return isOnce && init.type === 'NewExpression' ? init : undefined;
}

/** What an object of the program holds, given away without it, ends by ways of its own. */
function isHidden(give: Give, { protocol }: Run): boolean {
  return protocol.held !== undefined && give.kind === 'return' && give.views.every(({ path }) => path === wrapped);
}

/** Can it be followed what becomes of an object that a function made and gives: in no variable, or in one that is plainly used? */
function isKeptPlainly(call: TSESTree.CallExpression, module: Module): boolean {
  const name = nameGiven(call);
  const variable = name === undefined ? undefined : variableOf(name, module);
  return variable === undefined || isPlainlyUsed(variable, call);
}

/** May a call acquire, as far as its name and that of what it is called on tell? */
function mayBeSite(call: TSESTree.CallExpression | TSESTree.NewExpression, module: Module): boolean {
  if (call.type === 'NewExpression') return mayMakeLent(call, module);
  if (mayAcquire(bare(call.callee), methodOf(call)?.name, module)) return true;
  return (module.mayHoldPools() || module.importsLender()) && mayLend(call, lendingNames(module), module);
}

const acquiring = /get|acquire|connect|client|conn|session|transact|runner|begin|open|checkout|lease|^(?:borrow|create|init|make|new|obtain|reserve|start|take|tx)$/iu;

const siteHomes = new WeakMap<Module, ReadonlyMap<FlowRoot, readonly Site[]>>();

/** The sites that belong to a function. */
function sitesAtHome(fn: FunctionNode, module: Module): readonly Site[] {
  let byHome = siteHomes.get(module);
  if (byHome === undefined) siteHomes.set(module, (byHome = groupBy(sitesIn(module), ({ call }) => homeOf(call))));
  return byHome.get(fn) ?? [];
}

function groupBy<T, K>(items: Iterable<T>, keyOf: (item: T) => K): ReadonlyMap<K, readonly T[]> {
  const groups = new Map<K, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [item]);
    else group.push(item);
  }
  return groups;
}

const lending = new WeakMap<Module, ReadonlySet<string>>();

/** The names of the functions of a module that hold an acquire, or call one that does, in whichever file. */
function lendingNames(module: Module): ReadonlySet<string> {
  let known = lending.get(module);
  if (known === undefined) {
    const imported = module.reach().hasLender ? mayLendIn(module, none) : [];
    lending.set(module, (known = namesFrom([...sitesIn(module), ...imported.map((call) => ({ call }))], module)));
  }
  return known;
}

const none: ReadonlySet<string> = new Set();

function namesFrom(sites: readonly Pick<Site, 'call'>[], module: Module): ReadonlySet<string> {
  const names = new Set<string>();
  const add = (call: TSESTree.Node): void => {
    const name = functionName(homeOf(call));
    if (name !== undefined) names.add(name);
  };
  for (const site of sites) add(site.call);
  // Names that are added on the way are gone through too.
  for (const name of names) for (const call of callsNamed(name, module)) add(call);
  return names;
}

function functionName(node: TSESTree.Node): string | undefined {
  if (!isFunction(node)) return undefined;
  if (node.id?.name !== undefined) return node.id.name;
  const { parent } = node;
  if (parent.type === 'VariableDeclarator' && parent.id.type === 'Identifier') return parent.id.name;
  if (parent.type === 'MethodDefinition' || parent.type === 'PropertyDefinition' || parent.type === 'Property') {
    return parent.key.type === 'Identifier' || parent.key.type === 'PrivateIdentifier' ? parent.key.name : undefined;
  }
  const isAssigned = parent.type === 'AssignmentExpression' && parent.left.type === 'MemberExpression';
  return isAssigned && parent.left.type === 'MemberExpression' ? memberName(parent.left) : undefined;
}

function calledName(call: TSESTree.Node): string | undefined {
  const callee = call.type === 'CallExpression' ? bare(call.callee) : call;
  if (callee.type === 'Identifier') return callee.name;
  return callee.type === 'MemberExpression' ? memberName(callee)?.replace('#', '') : undefined;
}

function callsNamed(name: string, module: Module): readonly TSESTree.CallExpression[] {
  const { methods, functions } = namedCallsIn(module);
  return [...(methods.get(name) ?? []), ...(functions.get(name) ?? [])];
}

/** The calls of a module that may lend; most are ruled out by name, many at a time. */
function mayLendIn(module: Module, names: ReadonlySet<string>): readonly TSESTree.CallExpression[] {
  const { methods, functions, nameless } = namedCallsIn(module);
  const { hasLender } = module.reach();
  const found: TSESTree.CallExpression[] = [];
  const look = (name: string, calls: readonly TSESTree.CallExpression[], isImportable: boolean): void => {
    if (names.has(name)) found.push(...calls);
    else if (isImportable || (names.size > 0 && acquiring.test(name))) found.push(...calls.filter((call) => mayLend(call, names, module)));
  };
  for (const [name, calls] of methods) look(name, calls, hasLender && module.reach().lends(name));
  // What is imported may have another name where it comes from.
  for (const [name, calls] of functions) look(name, calls, hasLender);
  if (hasLender) look('', nameless, true);
  return found;
}

/** May a call lend: by the name of a function that does here, or by an import of another file? */
function mayLend(call: TSESTree.CallExpression, names: ReadonlySet<string>, module: Module): boolean {
  const name = calledName(call);
  if (name !== undefined && names.has(name)) return true;
  const callee = bare(call.callee);
  let root: TSESTree.Node = callee;
  while (root.type === 'MemberExpression') root = bare(root.object);
  const definition = root.type === 'Identifier' ? variableOf(root, module)?.defs[0] : undefined;
  if (!isFromProject(definition, module)) return name !== undefined && acquiring.test(name) && (names.size > 0 || module.reach().lends(name));
  const imported = callee === root && definition !== undefined ? importedName(definition) : name;
  return imported === undefined ? module.reach().hasLender : module.reach().lends(imported);
}

function siteOf(call: TSESTree.CallExpression, lending: Lending, fn: FunctionNode): Site | undefined {
  const { site, give } = lending;
  const conditional =
    site.conditional ||
    isAlternative(site.call) ||
    (give.kind === 'return' && returnedBy(fn).length > lending.gives);
  const base = { call, protocol: site.protocol, proof: site.proof, owner: site.owner, conditional, global: site.global };
  if (give.kind === 'return') {
    if (give.views.length === 0) return undefined;
    const views = give.views.map(({ path, role }) => ({ path, role }));
    return { ...base, shape: { kind: 'value', views, promised: true }, lazy: give.lazy };
  }
  const position = fn.params.findIndex((parameter) => give.parameter.identifiers.some((one) => one === parameter));
  const argument = call.arguments[position];
  if (argument === undefined || position !== call.arguments.length - 1 || !isFunction(bare(argument))) return undefined;
  return {
    ...base,
    shape: give.forwarded === true ? site.shape : { kind: 'callback', error: 0, resource: give.argument, release: undefined },
    lazy: false,
  };
}

/** `borrowed ?? (await pool.connect())`: what comes out may not have been acquired here. */
function isAlternative(call: TSESTree.Node): boolean {
  let at: TSESTree.Node = call;
  while (at.parent != null && (at.parent.type === 'AwaitExpression' || bare(at.parent) === bare(at))) at = at.parent;
  const { parent } = at;
  if (parent?.type === 'LogicalExpression') return parent.right === at;
  return parent?.type === 'ConditionalExpression' && parent.test !== at;
}

/** A call to a function whose comment says `@acquires`, with the type if it names one. */
function documentedSite(
  call: TSESTree.CallExpression,
  fn: FunctionNode,
  module: Module,
): Site | undefined {
  const acquires = ownershipDoc(fn, module)?.acquires;
  if (acquires === undefined) return undefined;
  const name = acquires.type?.split('.').at(-1);
  const candidates = module.facts.drivers.flatMap((driver) =>
    Object.entries(driver.types).flatMap(([type, { role, aliases = [] }]) => {
      const isMeant = name === undefined ? role === 'connection' : type === name || aliases.includes(name);
      return isMeant ? [{ driver, type }] : [];
    }),
  );
  const protocol = protocolOf(candidates);
  if (protocol === undefined) return undefined;
  return {
    call,
    protocol,
    shape: { kind: 'value', views: wholeResource, promised: true },
    proof: 'proof',
    lazy: false,
    owner: undefined,
    conditional: false,
  };
}
