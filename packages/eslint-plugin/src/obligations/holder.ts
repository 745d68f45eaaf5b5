import type { TSESTree } from '@typescript-eslint/utils';
import type { FlowNode } from '../graph/graph.ts';
import { fieldValuesIn, generationsOf, lineageOf, type FieldValue, type Generation, type Lineage, type Method } from '../read/lineage.ts';
import { memberName, methodOf } from '../read/member.ts';
import type { Module } from '../read/module.ts';
import { callsWithin } from '../read/nodes.ts';
import type { Protocol } from '../read/protocol.ts';
import { receiverSite, type Site } from '../read/sites.ts';
import { bare, isFunction, type ClassNode } from '../read/syntax.ts';
import { returnedBy } from '../read/walk.ts';
import type { Analysis } from './analysis.ts';
import { homeOf } from './home.ts';
import { objectProtocol, waysBack } from './holder-protocol.ts';
import { within } from './run.ts';
import { variableOf } from './variable.ts';

/** A class of the program whose objects hold a resource, and give it back when they are told to. */
export interface Holder {
  /** How such an object is given back: by the methods of its class that do so with what it holds. */
  readonly protocol: Protocol;
  /** What its constructor acquires. */
  readonly made: Opening | undefined;
  /** What its methods acquire. */
  readonly openings: ReadonlyMap<string, Opening>;
}

/** An acquire by code of a class, into a field of its object. */
export interface Opening {
  readonly site: Site;
  /** Nothing is held when the method ends: what was acquired takes nothing before its first use. */
  readonly lazy: boolean;
  /** What the method returns: the object, or what it holds. */
  readonly gives: 'object' | 'resource' | undefined;
}

/** What calls acquire, by the catalogue or by functions of the program. */
export interface Acquires {
  siteOf(call: TSESTree.CallExpression | TSESTree.NewExpression, module: Module): Site | undefined;
  /** Tells by names alone whether it is worth finding out. */
  mayBeSite(call: TSESTree.CallExpression | TSESTree.NewExpression, module: Module): boolean;
}

/** What an object may be said to hold; a pool is shared, a cursor is read to its end. */
const heldRoles: ReadonlySet<string> = new Set(['connection', 'session', 'transaction', 'client']);

/** Reads a class as a holder of what it acquires itself; `undefined` where anything is unsure. */
export function holderOf(node: ClassNode, module: Module, analysis: Analysis, acquires: Acquires): Holder | undefined {
  if (generationsOf(node, module)?.some((generation) => mayAcquireField(generation, acquires)) !== true) return undefined;
  const lineage = lineageOf(node, module);
  if (lineage === undefined || lineage.leaksItself) return undefined;
  // `if (Database.only) return Database.only`
  if (lineage.constructors.some(({ fn }) => returnedBy(fn).some((value) => value !== null))) return undefined;
  for (const [field, sites] of acquiredFields(lineage, acquires)) {
    const holder = holderBy(node, lineage, field, sites, analysis);
    if (holder !== undefined) return holder;
  }
  return undefined;
}

/** Do the values that a class gives its fields let it hold anything? Most do not, which spares reading all of it. */
function mayAcquireField(generation: Generation, acquires: Acquires): boolean {
  const values = fieldValuesIn(generation);
  if (values.some((value) => acquiredBy(value, acquires) !== undefined)) return true;
  const { owner, module } = generation;
  const made = new Set(values.flatMap(({ field, value }) => (bare(value).type === 'NewExpression' ? field : [])));
  return made.size > 0 && callsWithin(owner, module).some((call) => {
    const object = methodOf(call)?.object;
    return object?.type === 'MemberExpression' && made.has(memberName(object) ?? '') && acquires.mayBeSite(call, module);
  });
}

/** Reads a class as a holder of what its constructor is given; `undefined` where it never gives it back. */
export function takerOf(node: ClassNode, module: Module, index: number, taken: Protocol, analysis: Analysis): Protocol | undefined {
  const lineage = lineageOf(node, module);
  const parameter = lineage?.constructors[0]?.fn.params[index];
  if (lineage === undefined || lineage.leaksItself || parameter === undefined) return undefined;
  const inner = parameter.type === 'TSParameterProperty' ? parameter.parameter : parameter;
  const stored = lineage.values.find(({ value, module: home }) => {
    const name = bare(value);
    if (name === inner) return true;
    return name.type === 'Identifier' && inner.type === 'Identifier' && variableOf(name, home)?.identifiers.includes(inner) === true;
  });
  if (stored === undefined || lineage.values.some(({ field, value }) => field === stored.field && value !== stored.value)) return undefined;
  const ways = waysBack(lineage, stored.field, taken, analysis, new Set());
  return ways === undefined || ways.ways.size === 0 ? undefined : objectProtocol(node, module, lineage, stored.field, taken, ways);
}

/** The fields that are given nothing but what the class acquires; what is acquired from one of them goes with it. */
function acquiredFields(lineage: Lineage, acquires: Acquires): ReadonlyMap<string, readonly PlacedSite[]> {
  const found = new Map<string, PlacedSite[]>();
  const refused = new Set<string>();
  for (const value of lineage.values) {
    const site = acquiredBy(value, acquires);
    if (site === undefined) refused.add(value.field);
    else add(found, value.field, { site, module: value.module });
  }
  for (const { field, site, module } of connected(lineage)) {
    // `this.client = new Client()` acquires nothing before it is connected.
    const isMadeHere = lineage.values.every((one) => one.field !== field || bare(one.value).type === 'NewExpression');
    if (!isMadeHere) continue;
    refused.delete(field);
    add(found, field, { site, module });
  }
  for (const [field, placed] of found) {
    const fromOther = placed.some(({ site }) => [...found.keys()].some((other) => other !== field && site.owner === `this.${other}`));
    const isHeld = placed.every(({ site }) => heldRoles.has(site.protocol.role) && !site.conditional);
    if (refused.has(field) || fromOther || !isHeld) found.delete(field);
  }
  return found;
}

interface PlacedSite {
  readonly site: Site;
  readonly module: Module;
}

function add<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [value]);
  else list.push(value);
}

/** The acquire whose result a value is: awaited, named, or given to a callback. */
function acquiredBy({ value, module, field }: FieldValue, acquires: Acquires, depth = 0): Site | undefined {
  let at = bare(value);
  if (at.type === 'AwaitExpression') at = bare(at.argument);
  switch (at.type) {
    case 'CallExpression':
    case 'NewExpression': {
      const site = acquires.siteOf(at, module);
      return site?.shape.kind === 'value' && site.shape.views.some(({ path }) => path === '') ? site : undefined;
    }
    case 'LogicalExpression': {
      // `this.client ?? (await pool.connect())`
      const left = bare(at.left);
      const isItself = left.type === 'MemberExpression' && memberName(left) === field && bare(left.object).type === 'ThisExpression';
      return isItself && at.operator !== '&&' ? acquiredBy({ value: at.right, module, field }, acquires, depth) : undefined;
    }
    case 'Identifier': {
      const variable = variableOf(at, module);
      const [definition, other] = variable?.defs ?? [];
      if (variable === undefined || definition === undefined || other !== undefined || depth > 2) return undefined;
      if (definition.type === 'Variable') {
        const isOnce = variable.references.every((reference) => !reference.isWrite() || reference.init === true);
        const { id, init } = definition.node;
        return isOnce && init !== null && id.type === 'Identifier' ? acquiredBy({ value: init, module, field }, acquires, depth + 1) : undefined;
      }
      const call = definition.type === 'Parameter' ? definition.node.parent : undefined;
      if (call?.type !== 'CallExpression' || !isFunction(definition.node)) return undefined;
      const site = acquires.siteOf(call, module);
      const isResource = site?.shape.kind === 'callback' && definition.node.params[site.shape.resource] === definition.name;
      return isResource ? site : undefined;
    }
    default:
      return undefined;
  }
}

/** `await this.client.connect()`: the calls that acquire what the field holds already. */
function connected({ members }: Lineage): readonly { readonly field: string; readonly site: Site; readonly module: Module }[] {
  return members.flatMap(({ name, node, module }) => {
    const call = node.parent.type === 'MemberExpression' && node.parent.object === node ? node.parent.parent : undefined;
    const site = call?.type === 'CallExpression' && call.callee === node.parent ? receiverSite(call, module) : undefined;
    return site === undefined ? [] : [{ field: name, site, module }];
  });
}

function holderBy(node: ClassNode, lineage: Lineage, field: string, placed: readonly PlacedSite[], analysis: Analysis): Holder | undefined {
  const [first] = placed;
  if (first === undefined) return undefined;
  const taken = first.site.protocol;
  const openings = new Map<string, Opening>();
  let made: Opening | undefined;
  const add = (method: Method, call: TSESTree.CallExpression | TSESTree.NewExpression, site: Site): void => {
    if (isReopened(method, call, lineage, field) || !isSure(method, call, analysis)) return;
    const opening: Opening = { site, lazy: site.lazy && !usesField(method, field), gives: givenBy(method, field, lineage) };
    const name = nameOf(method, lineage);
    if (name === undefined) made ??= opening;
    else if (!openings.has(name)) openings.set(name, opening);
  };
  const openers = new Set<Method>();
  for (const { site } of placed) {
    const method = methodAround(site.call, lineage);
    // What another function of the class acquires, when it will, is nobody's who called.
    if (method === undefined) return undefined;
    openers.add(method);
    add(method, site.call, site);
  }
  // `async begin() { await this.connect(); … }`, `constructor() { this.connect(); }`
  for (const { name, node: member } of lineage.members) {
    const opening = openings.get(name);
    const call = member.parent;
    if (opening === undefined || call.type !== 'CallExpression' || call.callee !== member) continue;
    const method = methodAround(call, lineage);
    if (method === undefined) return undefined;
    openers.add(method);
    add(method, call, opening.site);
  }
  if (made === undefined && openings.size === 0) return undefined;
  const ways = waysBack(lineage, field, taken, analysis, openers);
  if (ways === undefined) return undefined;
  for (const name of ways.ways.keys()) openings.delete(name);
  if (ways.ways.size === 0 || (made === undefined && openings.size === 0)) return undefined;
  return { protocol: objectProtocol(node, first.module, lineage, field, taken, ways), made, openings };
}

/** The method that a node belongs to, callbacks that are part of it included. */
function methodAround(node: TSESTree.Node, { methods, constructors }: Lineage): Method | undefined {
  const home = homeOf(node);
  return [...methods.values(), ...constructors].find(({ fn }) => fn === home);
}

/** The name of a method; none for constructors. */
function nameOf(method: Method, { methods }: Lineage): string | undefined {
  for (const [name, one] of methods) if (one === method) return name;
  return undefined;
}

/** Does each call of a method that ends come by its acquire, unless the object itself says that it was here before? */
function isSure({ fn, module }: Method, call: TSESTree.Node, analysis: Analysis): boolean {
  const graph = analysis.graphOf(fn, module);
  const seen = new Set<FlowNode>([graph.entry]);
  for (const node of seen) {
    if (node.kind === 'eval' && node.ast === call) continue;
    if (node.kind === 'test' && module.text.slice(...node.ast.range).includes('this.')) continue;
    for (const { kind, to } of node.edges) if (kind !== 'throw' && kind !== 'skip') seen.add(to);
  }
  return !seen.has(graph.end);
}

/** Does a method work with what the field holds before it acquires another? */
function isReopened({ fn, module }: Method, acquire: TSESTree.Node, { members }: Lineage, field: string): boolean {
  return members.some(({ name, node, module: home }) => {
    const isUsed = node.parent.type === 'MemberExpression' && node.parent.object === node && node.range[1] < acquire.range[0];
    return isUsed && name === field && home === module && within(node, fn);
  });
}

function usesField({ fn, module }: Method, field: string): boolean {
  return callsWithin(fn, module).some((call) => {
    const object = methodOf(call)?.object;
    return object?.type === 'MemberExpression' && memberName(object) === field && within(call, fn);
  });
}

function givenBy({ fn, module }: Method, field: string, { values }: Lineage): Opening['gives'] {
  const isHeld = (node: TSESTree.Node): boolean => {
    const value = bare(node);
    if (value.type === 'AwaitExpression') return isHeld(value.argument);
    if (value.type === 'MemberExpression') return memberName(value) === field && bare(value.object).type === 'ThisExpression';
    return value.type === 'Identifier' && values.some((one) => one.field === field && one.module === module && within(one.value, fn) && nameIn(one.value) === value.name);
  };
  for (const value of returnedBy(fn)) {
    if (value === null) continue;
    if (bare(value).type === 'ThisExpression') return 'object';
    if (isHeld(value)) return 'resource';
  }
  return undefined;
}

function nameIn(node: TSESTree.Node): string | undefined {
  const value = bare(node);
  return value.type === 'Identifier' ? value.name : undefined;
}
