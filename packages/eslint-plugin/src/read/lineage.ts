import type { TSESTree } from '@typescript-eslint/utils';
import { ownerOfThis } from './class-field.ts';
import { memberName } from './member.ts';
import type { Module } from './module.ts';
import { ownAssignmentsIn } from './nodes.ts';
import { shapesOf } from './shape.ts';
import { bare, functionAround, isFunction, isNothing, memberKey, parentOf, type ClassNode, type FunctionNode } from './syntax.ts';
import { visitAll } from './walk.ts';

/** A method of a class, its constructor included, and the class of the lineage that has it. */
export interface Method {
  readonly fn: FunctionNode;
  readonly owner: ClassNode;
  readonly module: Module;
}

/** A value that code of a class gives to a field of its object. */
export interface FieldValue {
  readonly field: string;
  readonly value: TSESTree.Node;
  readonly module: Module;
}

/** A mention of a field or method of the object by its class: `this.client`. */
export interface OwnMember {
  readonly name: string;
  readonly node: TSESTree.MemberExpression;
  readonly module: Module;
}

/** A class with all that it inherits, read as one. */
export interface Lineage {
  readonly name: string;
  /** By name, the nearest of each; getters are none. */
  readonly methods: ReadonlyMap<string, Method>;
  /** The getters, by name. */
  readonly getters: ReadonlyMap<string, Method>;
  /** The constructors, the nearest first. */
  readonly constructors: readonly Method[];
  readonly values: readonly FieldValue[];
  readonly members: readonly OwnMember[];
  /** The object gives itself away: `registry.add(this)`. */
  readonly leaksItself: boolean;
}

const known = new WeakMap<Module, WeakMap<ClassNode, Lineage | null>>();

/** More generations than this are a framework's. */
const mostGenerations = 4;

/** Reads a class and those it extends; `undefined` where one of them is not of the program. */
export function lineageOf(node: ClassNode, module: Module): Lineage | undefined {
  const byNode = known.get(module) ?? new WeakMap<ClassNode, Lineage | null>();
  known.set(module, byNode);
  let lineage = byNode.get(node);
  if (lineage === undefined) byNode.set(node, (lineage = read(node, module) ?? null));
  return lineage ?? undefined;
}

function read(node: ClassNode, module: Module): Lineage | undefined {
  const methods = new Map<string, Method>();
  const getters = new Map<string, Method>();
  const constructors: Method[] = [];
  const values: FieldValue[] = [];
  const members: OwnMember[] = [];
  let leaksItself = false;
  const generations = generationsOf(node, module);
  if (generations === undefined) return undefined;
  for (const { owner, module: home } of generations) {
    collectMembers(owner, home, { methods, getters, constructors, values });
    leaksItself = collectMentions(owner, home, { values, members }) || leaksItself;
  }
  return { name: node.id?.name ?? 'class', methods, getters, constructors, values, members, leaksItself };
}

/** A class and those it extends, the nearest first; `undefined` where one of them is not of the program. */
export function generationsOf(node: ClassNode, module: Module): readonly Generation[] | undefined {
  const generations: Generation[] = [{ owner: node, module }];
  for (const { owner, module: home } of generations) {
    if (owner.superClass === null) return generations;
    const [base, ...others] = shapesOf(owner.superClass, home);
    if (base?.kind !== 'class' || base.path.length > 0 || others.length > 0 || generations.length === mostGenerations) return undefined;
    generations.push({ owner: base.node, module: base.module });
  }
  return undefined;
}

/** The values that code of a class seems to give to fields of its object, before it is told whose `this` is meant. */
export function fieldValuesIn({ owner, module }: Generation): readonly FieldValue[] {
  const values: FieldValue[] = [];
  for (const member of owner.body.body) {
    const name = member.type === 'PropertyDefinition' ? memberKey(member) : undefined;
    if (name !== undefined && member.type === 'PropertyDefinition' && member.value !== null) values.push({ field: name, value: member.value, module });
  }
  const [start, end] = owner.range;
  for (const { left, right } of ownAssignmentsIn(module)) {
    const name = left.type === 'MemberExpression' && left.range[0] > start && left.range[1] < end ? memberName(left) : undefined;
    if (name !== undefined) values.push({ field: name, value: right, module });
  }
  return values;
}

/** A class of a lineage, and the file it stands in. */
export interface Generation {
  readonly owner: ClassNode;
  readonly module: Module;
}

interface Members {
  readonly methods: Map<string, Method>;
  readonly getters: Map<string, Method>;
  readonly constructors: Method[];
  readonly values: FieldValue[];
}

function collectMembers(owner: ClassNode, module: Module, { methods, getters, constructors, values }: Members): void {
  for (const member of owner.body.body) {
    if ((member.type !== 'MethodDefinition' && member.type !== 'PropertyDefinition') || member.static) continue;
    const { value } = member;
    const name = memberKey(member);
    if (value === null) continue;
    if (!isFunction(value)) {
      if (name !== undefined && member.type === 'PropertyDefinition' && !isNothing(value)) values.push({ field: name, value, module });
      continue;
    }
    const method: Method = { fn: value, owner, module };
    const kind = member.type === 'MethodDefinition' ? member.kind : 'method';
    if (kind === 'constructor') {
      constructors.push(method);
      for (const parameter of value.params) {
        if (parameter.type !== 'TSParameterProperty') continue;
        const inner = parameter.parameter.type === 'AssignmentPattern' ? parameter.parameter.left : parameter.parameter;
        values.push({ field: inner.name, value: inner, module });
      }
    } else if (name !== undefined && kind !== 'set') {
      const map = kind === 'get' ? getters : methods;
      if (!map.has(name)) map.set(name, method);
    }
  }
}

function collectMentions(owner: ClassNode, module: Module, { values, members }: { readonly values: FieldValue[]; readonly members: OwnMember[] }): boolean {
  let leaksItself = false;
  visitAll(owner.body, (node) => {
    if (node.type !== 'ThisExpression' && node.type !== 'Super') return;
    const holder = holderOf(node);
    const use = parentOf(holder);
    if (use?.type === 'MemberExpression' && use.object === holder) {
      const name = memberName(use);
      if (name === undefined || !isOwn(node, owner)) return;
      members.push({ name, node: use, module });
      const target = holderOf(use);
      const assignment = parentOf(target);
      if (assignment?.type === 'AssignmentExpression' && assignment.left === target && !isNothing(assignment.right)) {
        values.push({ field: name, value: assignment.right, module });
      }
    } else if (node.type === 'ThisExpression' && isOwn(node, owner)) {
      leaksItself ||= !isKeptIn(holder, use);
    }
  });
  return leaksItself;
}

function holderOf(node: TSESTree.Node): TSESTree.Node {
  let holder = node;
  while (holder.parent != null && holder.parent.type !== 'Program' && bare(holder.parent) === bare(node)) holder = holder.parent;
  return holder;
}

function isOwn(node: TSESTree.Node, owner: ClassNode): boolean {
  const found = ownerOfThis(node);
  return found?.owner === owner && !found.isStatic;
}

/** `return this`, `this.close.bind(this)`, `const { client } = this`: whoever has it then had it before. */
function isKeptIn(holder: TSESTree.Node, use: TSESTree.Node | undefined): boolean {
  switch (use?.type) {
    case 'ReturnStatement':
      return functionAround(use)?.type !== 'ArrowFunctionExpression';
    case 'VariableDeclarator':
      return use.id.type === 'ObjectPattern';
    case 'CallExpression':
      return use.callee.type === 'MemberExpression' && memberName(use.callee) === 'bind' && use.arguments[0] === holder;
    default:
      return false;
  }
}
