import type { TSESTree } from '@typescript-eslint/utils';
import type { Scope } from '@typescript-eslint/utils/ts-eslint';
import { importedName, isFromProject } from '../read/imports.ts';
import { methodOf } from '../read/member.ts';
import type { Module } from '../read/module.ts';
import { callsIn } from '../read/nodes.ts';
import type { Protocol } from '../read/protocol.ts';
import { shapesOf } from '../read/shape.ts';
import { wholeResource, type Shape, type Site, type View } from '../read/sites.ts';
import { bare, isFunction, isNothing, type ClassNode } from '../read/syntax.ts';
import type { Analysis } from './analysis.ts';
import { holderOf, takerOf, type Acquires, type Holder, type Opening } from './holder.ts';
import { homeOf } from './home.ts';
import { isPlainlyUsed } from './plain-use.ts';
import { wrapped } from './values.ts';
import { isModuleWide, nameGiven, variableOf } from './variable.ts';

/**
 * The objects that functions of a module make for themselves and that hold a resource: `const db =
 * new Db(); await db.open()`.
 */
export class Holders {
  readonly #analysis: Analysis;
  readonly #acquires: Acquires;
  readonly #holders = new WeakMap<ClassNode, Holder | null>();
  readonly #sites = new WeakMap<Module, readonly Site[]>();

  constructor(analysis: Analysis, acquires: Acquires) {
    this.#analysis = analysis;
    this.#acquires = acquires;
  }

  /** The calls by which an object that its function made comes to hold a resource. */
  sitesIn(module: Module): readonly Site[] {
    const known = this.#sites.get(module);
    if (known !== undefined) return known;
    this.#sites.set(module, []);
    const sites: Site[] = [];
    for (const call of callsIn(module)) {
      // An object of the module lives as long as the process.
      if (call.type === 'NewExpression' && isFunction(homeOf(call)) && isWorkedWith(call, module) && mayHold(call, module)) sites.push(...this.#sitesOf(call, module));
    }
    this.#sites.set(module, sites);
    return sites;
  }

  /** How an object that is made of a resource gives it back: `new Transaction(client)`. */
  takerAt(made: TSESTree.NewExpression, taken: Protocol, isTaken: (argument: TSESTree.Node) => boolean, module: Module): Protocol | undefined {
    const found = classOf(made, module);
    const index = made.arguments.findIndex(isTaken);
    return found === undefined || index < 0 ? undefined : takerOf(found.node, found.module, index, taken, this.#analysis);
  }

  #sitesOf(made: TSESTree.NewExpression, module: Module): readonly Site[] {
    const found = classOf(made, module);
    const holder = found === undefined ? undefined : this.#holderOf(found.node, found.module);
    if (holder === undefined) return [];
    if (holder.made !== undefined) {
      const held = variableOfMade(made, module);
      if (held !== undefined && !isPlainlyUsed(held, made)) return [];
      return [siteAt(made, holder.made, { kind: 'value', views: wholeResource, promised: false }, holder)];
    }
    const { parent } = made;
    const called = methodOf(parent.type === 'MemberExpression' ? parent.parent : parent);
    if (called?.object === made && parent.parent?.type === 'CallExpression') {
      // `const db = await new Db().open()`
      const opening = holder.openings.get(called.name);
      if (opening?.gives !== 'object') return [];
      return [siteAt(parent.parent, opening, { kind: 'value', views: wholeResource, promised: true }, holder)];
    }
    const variable = variableOfMade(made, module);
    if (variable === undefined) return [];
    const home = homeOf(made);
    const sites: Site[] = [];
    let isOpen = false;
    for (const { identifier } of variable.references) {
      const call = identifier.parent.type === 'MemberExpression' ? identifier.parent.parent : undefined;
      const name = call?.type === 'CallExpression' && call.callee === identifier.parent ? methodOf(call)?.name : undefined;
      if (call?.type !== 'CallExpression' || name === undefined) continue;
      const opening = holder.openings.get(name);
      if (holder.protocol.onResource.has(name)) isOpen = false;
      // Opened again while it is open, it mostly stays as it is.
      if (opening === undefined || isOpen || homeOf(call) !== home) continue;
      isOpen = true;
      if (isPlainlyUsed(variable, call)) sites.push(siteAt(call, opening, { kind: 'receiver', receiver: identifier, told: false, result: resultOf(opening) }, holder));
    }
    return sites;
  }

  #holderOf(node: ClassNode, module: Module): Holder | undefined {
    let known = this.#holders.get(node);
    if (known === undefined) {
      // A class whose methods make objects of it is met again with nothing known of it yet.
      this.#holders.set(node, null);
      known = holderOf(node, module, this.#analysis, this.#acquires) ?? null;
      this.#holders.set(node, known);
    }
    return known ?? undefined;
  }
}

function resultOf({ gives }: Opening): readonly View[] {
  if (gives === 'object') return wholeResource;
  return gives === 'resource' ? [{ path: wrapped, role: 'resource' }] : [];
}

function siteAt(call: Site['call'], { site, lazy }: Opening, shape: Shape, { protocol }: Holder): Site {
  return { call, protocol, shape, proof: site.proof, lazy, owner: undefined, conditional: false };
}

/** The class that a construction makes an object of. */
function classOf(made: TSESTree.NewExpression, module: Module): { readonly node: ClassNode; readonly module: Module } | undefined {
  const [found, ...others] = shapesOf(made, module);
  return found?.kind === 'instance' && found.path.length === 0 && others.length === 0 ? { node: found.node, module: found.module } : undefined;
}

/** The variable of a function that holds nothing but objects made in that function. */
function variableOfMade(made: TSESTree.NewExpression, module: Module): Scope.Variable | undefined {
  const name = nameGiven(made);
  const isPlain = name?.parent.type !== 'AssignmentExpression' || name.parent.operator === '=';
  const variable = name === undefined || !isPlain ? undefined : variableOf(name, module);
  const [definition, other] = variable?.defs ?? [];
  if (variable === undefined || definition?.type !== 'Variable' || other !== undefined || isModuleWide(variable)) return undefined;
  if (homeOf(definition.node) !== homeOf(made)) return undefined;
  const isOwn = variable.references.every(({ writeExpr }) => writeExpr == null || isNothing(writeExpr) || bare(writeExpr) === made);
  return isOwn ? variable : undefined;
}

/** Is a method called on what is made? Errors are thrown, and most other objects given away. */
function isWorkedWith(made: TSESTree.NewExpression, module: Module): boolean {
  let holder: TSESTree.Node = made;
  while (holder.parent != null && bare(holder.parent) === made) holder = holder.parent;
  if (holder.parent?.type === 'MemberExpression') return holder.parent.object === holder;
  const name = nameGiven(made);
  if (name === undefined) return false;
  return variableOf(name, module)?.references.some(({ identifier }) => identifier.parent.type === 'MemberExpression' && identifier.parent.object === identifier) === true;
}

/** May a construction make an object that holds something? Most are of no class of the program. */
function mayHold(made: TSESTree.NewExpression, module: Module): boolean {
  let callee: TSESTree.Node = bare(made.callee);
  const isName = callee.type === 'Identifier';
  while (callee.type === 'MemberExpression') callee = bare(callee.object);
  const definition = callee.type === 'Identifier' ? variableOf(callee, module)?.defs[0] : undefined;
  if (definition === undefined) return false;
  if (definition.type === 'ClassName') return true;
  if (!isFromProject(definition, module)) return definition.type === 'Variable' && definition.node.init?.type === 'ClassExpression';
  const name = isName ? importedName(definition) : undefined;
  return name === undefined ? module.reach().hasLender : module.reach().lends(name);
}
