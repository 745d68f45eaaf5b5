import type { TSESTree } from '@typescript-eslint/utils';
import { ownerOfThis } from '../read/class-field.ts';
import type { View } from '../read/sites.ts';
import { bare, isFunction, memberKey, type FunctionNode } from '../read/syntax.ts';
import { visitAll } from '../read/walk.ts';
import { looksReleased } from './mention.ts';
import type { Run } from './run.ts';

/** The methods of an object that are found to call each other are looked at so often. */
const mostRounds = 3;

/** The methods of an object literal by which another property of it is released: `{ client, release() { this.client.release(); } }`. */
export function methodViews(run: Run, object: TSESTree.ObjectExpression, held: readonly View[]): readonly View[] {
  const methods = methodsOf(object);
  const found: View[] = [];
  if (methods.size === 0 || !held.some(({ role }) => role === 'resource')) return found;
  for (let round = 0, size = -1; round < mostRounds && size !== found.length; round += 1) {
    size = found.length;
    const views = [...held, ...found];
    for (const [name, own] of methods) {
      if (views.some(({ path }) => path === name)) continue;
      if (own.some((mention) => looksReleased(run, mention, views))) found.push({ path: name, role: 'handle' });
    }
  }
  return found;
}

const known = new WeakMap<TSESTree.ObjectExpression, ReadonlyMap<string, readonly TSESTree.Node[]>>();

/** The methods of an object literal, each with its mentions of the object. */
function methodsOf(object: TSESTree.ObjectExpression): ReadonlyMap<string, readonly TSESTree.Node[]> {
  let methods = known.get(object);
  if (methods === undefined) {
    const found = object.properties.flatMap((property): [string, readonly TSESTree.Node[]][] => {
      if (property.type !== 'Property' || property.kind !== 'init') return [];
      const fn = bare(property.value);
      const name = memberKey(property)?.replaceAll('.', '*');
      const own = name !== undefined && fn.type === 'FunctionExpression' ? mentionsOfThis(fn, object) : [];
      return name === undefined || own.length === 0 ? [] : [[name, own]];
    });
    known.set(object, (methods = new Map(found)));
  }
  return methods;
}

function mentionsOfThis(fn: FunctionNode, object: TSESTree.ObjectExpression): readonly TSESTree.Node[] {
  const mentions: TSESTree.Node[] = [];
  visitAll(
    fn.body,
    (node) => {
      if (node.type === 'ThisExpression' && ownerOfThis(node)?.owner === object) mentions.push(node);
    },
    (node) => !isFunction(node) || node.type === 'ArrowFunctionExpression',
  );
  return mentions;
}
