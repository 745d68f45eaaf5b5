import type { TSESTree } from '@typescript-eslint/utils';
import type { RuleModule } from '@typescript-eslint/utils/ts-eslint';
import { typeFacts } from '../read/facts.ts';
import { handlerAround } from '../read/handler.ts';
import { fateOf, idleMethods } from '../read/local-value.ts';
import { madeAt, mayMakeIn, type Made } from '../read/made.ts';
import { methodOf } from '../read/member.ts';
import { moduleOf } from '../read/module-of.ts';
import type { Module } from '../read/module.ts';
import { namedCallsIn } from '../read/named-calls.ts';
import { afterWalk } from '../read/nodes.ts';
import { originOf } from '../read/origin.ts';
import { repetitionAround } from '../read/repetition.ts';
import { variableNamed } from '../read/scope.ts';
import { bare, functionAround, stringOf, type FunctionNode } from '../read/syntax.ts';
import { visitAll } from '../read/walk.ts';
import { docsUrl, noListener, type RuleDocs } from './create-rule.ts';

type MessageId = 'inHandler' | 'inLoop' | 'inComponent' | 'neverEnded' | 'poolEndInHandler';

/** Reports pools that are made again and again, and shared pools that a request shuts down. */
export const noPoolPerCall: RuleModule<MessageId, [], RuleDocs> = {
  meta: {
    type: 'problem',
    docs: {
      description: 'Disallow making a pool on every call, request or iteration',
      url: docsUrl('no-pool-per-call'),
      recommended: true,
      strict: true,
    },
    messages: {
      inHandler: 'Every request makes another pool here; make it once, outside the handler.',
      inLoop: 'Every iteration makes another pool here and leaves it open.',
      inComponent: 'Every render makes another pool here; make it once, outside the component.',
      neverEnded: 'Every call makes another pool here and leaves it open; make it once, outside.',
      poolEndInHandler: '`{{method}}` in a handler shuts the pool down for all later requests.',
    },
    schema: [],
    defaultOptions: [],
  },
  create(context) {
    const module = moduleOf(context);
    if (!module.mayHoldPools() || isTestFile(module.filename)) return noListener;
    return afterWalk(module, () => {
      for (const node of mayMakeIn(module)) {
        const messageId = problemAt(node, module);
        if (messageId !== undefined) context.report({ node, messageId });
      }
      for (const [name, calls] of namedCallsIn(module).methods) {
        if (!module.facts.poolEnds.has(name)) continue;
        for (const node of calls) {
          const method = endInHandler(node, module);
          if (method !== undefined) context.report({ node, messageId: 'poolEndInHandler', data: { method } });
        }
      }
    });
  },
};

const testFile = /(?:[._-](?:test|spec|e2e|bench)\.[cm]?[jt]sx?$)|[\\/](?:__tests__|__mocks__|tests?|spec|e2e|fixtures?|bench(?:marks?)?|examples?)[\\/]/u;

function isTestFile(filename: string): boolean {
  return testFile.test(filename);
}

function problemAt(
  node: TSESTree.CallExpression | TSESTree.NewExpression,
  module: Module,
): Exclude<MessageId, 'poolEndInHandler'> | undefined {
  const made = madeAt(node, module);
  if (made === undefined || !isPoolMaker(made)) return undefined;
  const around = repetitionAround(node, module);
  if (around === undefined) return undefined;
  const itself = made.driver.acquires.flatMap(({ method, resolvesToReceiver }) => (resolvesToReceiver === true ? method : []));
  const { escapes, methods } = fateOf(node, module, new Set(itself));
  if (escapes || [...methods].every((method) => idleMethods.has(method)) || [...methods].some((method) => module.facts.lastingNames.has(method))) {
    return undefined;
  }
  const ends = typeFacts(made.driver, made.maker.gives)?.ends ?? [];
  const isEnded =
    ends.some((method) => methods.has(method)) || methods.has('unref') || isDisposed(node, made);
  switch (around) {
    case 'handler':
      // A pool for what the request itself names, and ended with it, is as it should be.
      return isEnded && dependsOnCall(node, module) ? undefined : 'inHandler';
    case 'component':
      return 'inComponent';
    case 'loop':
      return isEnded ? undefined : 'inLoop';
    case 'function':
      return isEnded ? undefined : 'neverEnded';
  }
}

/** `using pool = createPool()`: ended at the end of its block. */
function isDisposed(node: TSESTree.Node, { driver, maker }: Made): boolean {
  let holder = node;
  while (holder.parent != null && (holder.parent.type === 'AwaitExpression' || bare(holder.parent) === bare(node))) {
    holder = holder.parent;
  }
  const list = holder.parent?.type === 'VariableDeclarator' ? holder.parent.parent : undefined;
  if (list?.type !== 'VariableDeclaration') return false;
  const effects = typeFacts(driver, maker.gives)?.disposes;
  if (list.kind === 'using') return effects?.sync === 'end';
  return list.kind === 'await using' && (effects?.async === 'end' || effects?.sync === 'end');
}

/** Makers of something that holds many connections, or that is meant to be shared. */
function isPoolMaker({ driver, maker, module }: Made): boolean {
  const facts = typeFacts(driver, maker.gives);
  if (facts?.ends === undefined || (facts.role !== 'pool' && facts.role !== 'client')) return false;
  const name = maker.export.slice(maker.export.lastIndexOf('.') + 1);
  if (/^(?:get|connect|createConnection|driver$)/u.test(name) && maker.export !== 'MongoClient.connect') return false;
  if (name === 'Client' && facts.role === 'client' && module !== 'undici') return false;
  // Kysely wraps a pool that was made elsewhere; oracledb keeps each pool it makes.
  return driver.name !== 'kysely' && driver.name !== 'oracledb';
}

function dependsOnCall(node: TSESTree.CallExpression | TSESTree.NewExpression, module: Module): boolean {
  let depends = false;
  for (const argument of node.arguments) {
    visitAll(argument, (inner) => {
      if (inner.type !== 'Identifier') return;
      const variable = variableNamed(inner.name, inner, module);
      if (variable !== undefined && variable.scope.variableScope.type === 'function' && variable.defs[0]?.name !== inner) depends = true;
    });
  }
  return depends;
}

/** The text of a call that ends a pool made outside of the handler it stands in. */
function endInHandler(call: TSESTree.CallExpression, module: Module): string | undefined {
  const method = methodOf(call);
  if (method === undefined) return undefined;
  const handler = handlerAround(call, module);
  if (handler === undefined || functionAround(call) === undefined) return undefined;
  const origin = originOf(method.object, module);
  if (origin?.kind !== 'instance') return undefined;
  const facts = typeFacts(origin.driver, origin.type);
  if (facts?.role !== 'pool' || facts.ends?.includes(method.name) !== true) return undefined;
  if (!isShared(method.object, handler, module) || shutsDown(handler, module)) return undefined;
  return `${module.text.slice(...method.object.range)}.${method.name}()`;
}

/** A variable or import of the file itself: it is there before and after the request. */
function isShared(node: TSESTree.Node, handler: FunctionNode, module: Module): boolean {
  let root = bare(node);
  while (root.type === 'MemberExpression') root = bare(root.object);
  if (root.type !== 'Identifier') return false;
  const variable = variableNamed(root.name, root, module);
  if (variable === undefined || !['module', 'global'].includes(variable.scope.type)) return false;
  // What the handler makes anew, it may end.
  return !variable.references.some(({ identifier, writeExpr }) => {
    if (writeExpr === undefined || writeExpr === null) return false;
    const [start, end] = handler.range;
    return identifier.range[0] >= start && identifier.range[1] <= end;
  });
}
function shutsDown(handler: FunctionNode, module: Module): boolean {
  const text = module.text.slice(...handler.range);
  if (/process\.exit|SIGTERM|SIGINT|\.connect\(|\bstop|shut ?down/iu.test(text)) return true;
  const call = handler.parent;
  const path = call.type === 'CallExpression' && call.arguments[0] !== undefined ? stringOf(bare(call.arguments[0])) : undefined;
  return path !== undefined && /stop|shut|close|exit|kill|quit|restart|disconnect/iu.test(path);
}
