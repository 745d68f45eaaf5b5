import type { TSESTree } from '@typescript-eslint/utils';
import { memberName } from './member.ts';
import type { Module } from './module.ts';
import { callsIn } from './nodes.ts';
import { bare } from './syntax.ts';

type Calls = readonly TSESTree.CallExpression[];

/** The calls and constructions of a module by what they call; each list in the order of the text. */
export interface NamedCalls {
  /** Calls of members, by the name of the member; a private one without its `#`. */
  readonly methods: ReadonlyMap<string, Calls>;
  /** Calls of variables, by name. */
  readonly functions: ReadonlyMap<string, Calls>;
  /** Calls of what has no name: `require('pg')()`, `handlers[event]()`. */
  readonly nameless: Calls;
  readonly made: readonly TSESTree.NewExpression[];
}

const known = new WeakMap<Module, NamedCalls>();

/** Sorts the calls of a module by name, so that most are ruled out many at a time. */
export function namedCallsIn(module: Module): NamedCalls {
  let named = known.get(module);
  if (named === undefined) known.set(module, (named = sorted(module)));
  return named;
}

function sorted(module: Module): NamedCalls {
  const methods = new Map<string, TSESTree.CallExpression[]>();
  const functions = new Map<string, TSESTree.CallExpression[]>();
  const nameless: TSESTree.CallExpression[] = [];
  const made: TSESTree.NewExpression[] = [];
  for (const call of callsIn(module)) {
    if (call.type === 'NewExpression') {
      made.push(call);
      continue;
    }
    const callee = bare(call.callee);
    if (callee.type === 'Identifier') {
      add(functions, callee.name, call);
    } else {
      const name = callee.type === 'MemberExpression' ? memberName(callee) : undefined;
      if (name === undefined) nameless.push(call);
      else add(methods, callee.type === 'MemberExpression' && callee.property.type === 'PrivateIdentifier' ? callee.property.name : name, call);
    }
  }
  return { methods, functions, nameless, made };
}

function add(map: Map<string, TSESTree.CallExpression[]>, name: string, call: TSESTree.CallExpression): void {
  const calls = map.get(name);
  if (calls === undefined) map.set(name, [call]);
  else calls.push(call);
}
