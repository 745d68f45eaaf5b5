import type { Acquire } from '@lifeguard/catalogue';
import type { TSESTree } from '@typescript-eslint/utils';
import { originOfType } from './annotation.ts';
import { functionOf, type Target } from './callee.ts';
import { instanceNamed, makersOf } from './catalogued.ts';
import { originOfDoc } from './doc-origin.ts';
import { formsOf, formsOfExport } from './forms.ts';
import { typeFacts } from './facts.ts';
import { docReturn } from './jsdoc.ts';
import { methodOf } from './member.ts';
import type { Module } from './module.ts';
import { agreed, originOf, type Origin } from './origin.ts';
import { variableNamed } from './scope.ts';
import { shapesOf } from './shape.ts';
import { guardPackage } from './specifier.ts';
import { bare, isFunction, isNothing } from './syntax.ts';
import { returnedBy } from './walk.ts';

type Value = Extract<Origin, { kind: 'instance' | 'promise' }>;

/** The origin of what a call returns. */
export function originOfCall(call: TSESTree.CallExpression, module: Module): Origin | undefined {
  const callee = originOf(call.callee, module);
  const made = callee === undefined ? undefined : madeBy(callee, call, module);
  if (made !== undefined) return made;
  const method = methodOf(call);
  if (method !== undefined) {
    const receiver = originOf(method.object, module);
    const result =
      (receiver === undefined ? undefined : resultOf(receiver, method.name, call, module)) ??
      originOfChain(method.object, method.name, module) ??
      originOfStandard(method.object, method.name, call, module);
    if (result !== undefined) return result;
  }
  const target = functionOf(call.callee, module);
  if (target !== undefined) return originOfResult(target, module);
  return originOfDeclaredCall(call, module) ?? guarded(call, module);
}

/** Our own guard returns the pool it is given. */
function guarded(call: TSESTree.CallExpression, module: Module): Origin | undefined {
  const [argument] = call.arguments;
  if (argument === undefined) return undefined;
  const isOurs = shapesOf(call.callee, module).some(
    (shape) => shape.kind === 'import' && shape.specifier === guardPackage,
  );
  return isOurs ? originOf(argument, module) : undefined;
}

/** What calling an export of a driver makes. */
function madeBy(callee: Origin, call: TSESTree.CallExpression, module: Module): Origin | undefined {
  if (callee.kind === 'instance') {
    const [provided] = formsOf(callee, '()', call, module);
    return provided === undefined ? undefined : arrival(callee, provided);
  }
  if (callee.kind !== 'module' && callee.kind !== 'export') return undefined;
  const base = { driver: callee.driver, module: callee.module, proof: 'import' } as const;
  const maker = makersOf(callee).find(({ how }) => how === 'call' || how === 'await');
  if (maker !== undefined) {
    return { ...base, kind: maker.how === 'await' ? 'promise' : 'instance', type: maker.gives };
  }
  const [form] = formsOfExport(callee, call, module);
  return form === undefined || form.property !== undefined
    ? undefined
    : arrival({ ...base, kind: 'instance', type: form.gives }, form);
}

/** What a method of a value of a driver returns. */
function resultOf(
  receiver: Origin,
  method: string,
  call: TSESTree.CallExpression,
  module: Module,
): Origin | undefined {
  if (receiver.kind === 'promise') return originOfReaction(receiver, method, call, module);
  if (receiver.kind !== 'instance') return undefined;
  const member = receiver.driver.members.find(
    ({ of, name, how }) => of === receiver.type && name === method && how !== 'get',
  );
  if (member !== undefined) {
    return { ...receiver, type: member.gives, kind: member.how === 'await' ? 'promise' : 'instance' };
  }
  const form = formsOf(receiver, method, call, module).find(
    ({ arrives, then, property }) => arrives !== 'callback' && then === undefined && property === undefined,
  );
  if (form !== undefined) return arrival(receiver, form);
  const chains = typeFacts(receiver.driver, receiver.type)?.chains;
  return chains?.includes(method) === true || listening.has(method) ? receiver : undefined;
}

/** Methods of an emitter that return the emitter. */
const listening: ReadonlySet<string> = new Set(['on', 'once', 'addListener', 'setMaxListeners']);

function arrival(
  receiver: Value,
  { arrives, gives, resolvesToReceiver }: Acquire,
): Origin | undefined {
  if (arrives === 'callback' || (arrives === 'receiver' && resolvesToReceiver !== true)) return undefined;
  return { ...receiver, type: gives, kind: arrives === 'return' ? 'instance' : 'promise' };
}

/** `then`, `catch` and `finally` of a promise of a value. */
function originOfReaction(
  promise: Value,
  method: string,
  call: TSESTree.CallExpression,
  module: Module,
): Origin | undefined {
  if (method === 'finally' || method === 'catch') return promise;
  const [reaction] = call.arguments;
  if (method !== 'then' || reaction === undefined) return undefined;
  const target = functionOf(reaction, module);
  return target === undefined ? undefined : promised(originOfResult(target, module));
}

/** A chain that acquires at its end: Kysely's `startTransaction().execute()`. */
function originOfChain(object: TSESTree.Node, last: string, module: Module): Origin | undefined {
  const methods = module.facts.chainedBefore(last);
  if (methods.length === 0) return undefined;
  for (let at = methodOf(object), link = object; at !== undefined; link = at.object, at = methodOf(link)) {
    if (!methods.includes(at.name) || link.type !== 'CallExpression') continue;
    const receiver = originOf(at.object, module);
    if (receiver?.kind !== 'instance') continue;
    const form = formsOf(receiver, at.name, link, module).find(({ then }) => then === last);
    if (form !== undefined) return { ...receiver, type: form.gives, kind: 'promise' };
  }
  return undefined;
}

/** Functions of the language that return what they are given. */
function originOfStandard(
  object: TSESTree.Node,
  method: string,
  call: TSESTree.CallExpression,
  module: Module,
): Origin | undefined {
  const [argument] = call.arguments;
  if (argument === undefined || object.type !== 'Identifier') return undefined;
  if (variableNamed(object.name, object, module) !== undefined) return undefined;
  if (object.name === 'Promise' && method === 'resolve') return promised(originOf(argument, module));
  return object.name === 'Object' && (method === 'freeze' || method === 'assign')
    ? originOf(argument, module)
    : undefined;
}

/** What a function of the program returns, by its annotation or by every `return`. */
export function originOfResult({ fn, module: home }: Target, module: Module): Origin | undefined {
  const origin = declaredResult({ fn, module: home }) ?? returnedOrigin({ fn, module: home });
  if (home === module || (origin?.kind !== 'instance' && origin?.kind !== 'promise')) return origin;
  return { ...origin, proof: 'followed' };
}

function declaredResult({ fn, module }: Target): Origin | undefined {
  if (fn.returnType != null) return originOfType(fn.returnType.typeAnnotation, module);
  const doc = docReturn(fn, module);
  return doc === undefined ? undefined : originOfDoc(doc, fn, module);
}

function returnedOrigin({ fn, module }: Target): Origin | undefined {
  if (fn.generator) return undefined;
  const values = returnedBy(fn).filter((value) => value !== null && !isNothing(value));
  const origins = values.flatMap((value) => (value === null ? [] : [originOf(value, module)]));
  if (origins.includes(undefined)) return undefined;
  const origin = agreed(origins);
  return fn.async ? promised(origin) : origin;
}

function promised(origin: Origin | undefined): Origin | undefined {
  return origin?.kind === 'instance' ? { ...origin, kind: 'promise' } : origin;
}

/** A call of something of which only the type is known: `deps.getClient()`. */
function originOfDeclaredCall(call: TSESTree.CallExpression, module: Module): Origin | undefined {
  return agreed(
    shapesOf(call.callee, module).map((shape) => {
      if (shape.kind !== 'type' || shape.path.length > 0 || shape.node.type !== 'TSFunctionType') return undefined;
      const result = shape.node.returnType;
      return result === undefined ? undefined : originOfType(result.typeAnnotation, shape.module);
    }),
  );
}

/** The origin of a constructed object. */
export function originOfNew(node: TSESTree.NewExpression, module: Module): Origin | undefined {
  const callee = bare(node.callee);
  if (callee.type === 'Identifier' && variableNamed(callee.name, callee, module) === undefined) {
    if (callee.name === 'Promise') return originOfExecutor(node, module);
    return builtins.has(callee.name) ? { kind: 'foreign', what: callee.name } : undefined;
  }
  const origin = originOf(callee, module);
  if (origin === undefined || origin.kind === 'foreign') return origin;
  return instanceNamed(origin, module.facts, 'import');
}

const builtins: ReadonlySet<string> = new Set([
  'AbortController', 'Array', 'ArrayBuffer', 'BroadcastChannel', 'Date', 'Error', 'Event', 'EventSource', 'EventTarget',
  'FormData', 'Headers', 'Map', 'MessageChannel', 'Object', 'Proxy', 'RegExp', 'Request', 'Response', 'Set', 'SharedWorker',
  'TextDecoder', 'TextEncoder', 'URL', 'URLSearchParams', 'WeakMap', 'WeakRef', 'WeakSet', 'WebSocket', 'Worker',
  'XMLHttpRequest', 'AudioContext', 'MutationObserver', 'IntersectionObserver', 'ResizeObserver',
]);

/** `new Promise((resolve) => pool.getConnection((err, conn) => resolve(conn)))`. */
function originOfExecutor(node: TSESTree.NewExpression, module: Module): Origin | undefined {
  const [executor] = node.arguments;
  const fn = executor === undefined ? undefined : bare(executor);
  if (fn === undefined || !isFunction(fn)) return undefined;
  const [resolve] = fn.params;
  if (resolve?.type !== 'Identifier') return undefined;
  const variable = variableNamed(resolve.name, fn.body, module);
  const origins = (variable?.references ?? []).flatMap(({ identifier }) => {
    const call = identifier.parent;
    if (call.type !== 'CallExpression' || call.callee !== identifier) return [];
    const [value] = call.arguments;
    return value === undefined || isNothing(value) ? [] : [originOf(value, module)];
  });
  return origins.includes(undefined) ? undefined : promised(agreed(origins));
}

/** What `await` makes of a value. */
export function originOfAwait(origin: Origin | undefined): Origin | undefined {
  return origin?.kind === 'promise' ? { ...origin, kind: 'instance' } : origin;
}

/** The property in which an acquire leaves its resource: `(await request(url)).body`. */
export function originOfProperty(
  node: TSESTree.Node,
  key: string,
  module: Module,
): Origin | undefined {
  const call = node.type === 'AwaitExpression' ? bare(node.argument) : node;
  if (call.type !== 'CallExpression') return undefined;
  const method = methodOf(call);
  const receiver = method === undefined ? undefined : originOf(method.object, module);
  const callee = originOf(call.callee, module);
  const forms = [
    ...(receiver === undefined || method === undefined ? [] : formsOf(receiver, method.name, call, module)),
    ...(callee === undefined ? [] : formsOfExport(callee, call, module)),
  ];
  const form = forms.find(({ property }) => property === key);
  const from = receiver?.kind === 'instance' ? receiver : callee;
  if (form === undefined || from === undefined || from.kind === 'foreign') return undefined;
  // Tarn hands out a request whose `promise` is still to be awaited.
  const awaited = key !== 'promise' && (node.type === 'AwaitExpression' || form.arrives === 'return');
  return {
    kind: awaited ? 'instance' : 'promise',
    driver: from.driver,
    type: form.gives,
    proof: 'proof' in from ? from.proof : 'import',
  };
}
