import type { Acquire, Driver } from '@lifeguard/catalogue';
import type { TSESTree } from '@typescript-eslint/utils';
import type { DriverAcquire } from './facts.ts';
import { fits, formsOf, formsOfExport, isCallback, isIgnored } from './forms.ts';
import type { Module } from './module.ts';
import { originOf } from './origin.ts';
import { protocolOf, type Protocol } from './protocol.ts';
import { bare } from './syntax.ts';
import { candidatesIn, mayAcquire, mayMakeLent } from './candidate.ts';
import { memberName, methodOf } from './member.ts';
import { variableNamed } from './scope.ts';

/** A call that lends a resource to the function it stands in. */
export interface Site {
  /** The acquiring call: where a finding is reported. */
  readonly call: TSESTree.CallExpression | TSESTree.NewExpression;
  readonly protocol: Protocol;
  readonly shape: Shape;
  /**
   * How sure it is that this acquires. `evidence`: only its name says so, and it counts as a
   * resource only because the function releases it; «never released» is then never said.
   */
  readonly proof: 'proof' | 'evidence';
  /** Nothing is held before the first use. */
  readonly lazy: boolean;
  /** For `evidence` with a release on the owner: the owner's source text. */
  readonly owner: string | undefined;
  /** A function lent it that on other paths returns what its caller must not release. */
  readonly conditional: boolean;
  /** The global of this name acquired it: `fetch`, of which `require-body-consumed` asks less. */
  readonly global?: string | undefined;
}

/** Where the resource is, once it has arrived. */
export type Shape =
  /** In the value of the call, awaited or not, at these property paths. */
  | { readonly kind: 'value'; readonly views: readonly View[]; readonly promised: boolean }
  /** In the parameters of the function that is the last argument. */
  | {
      readonly kind: 'callback';
      readonly error: number;
      readonly resource: number;
      readonly release: number | undefined;
    }
  /** The receiver of the call becomes it; `told`: in the callback, which has an error first. */
  | {
      readonly kind: 'receiver';
      readonly receiver: TSESTree.Node;
      readonly told: boolean;
      /** What of it the value of the call is; itself, if absent. */
      readonly result?: readonly View[];
    };

/** A part of a value that is the resource, or the function that releases it. */
export interface View {
  /** Property names from the value to the part, joined by dots; empty for the value itself. */
  readonly path: string;
  readonly role: 'resource' | 'handle';
}

/** The view of a value that is the resource itself. */
export const wholeResource: readonly View[] = [{ path: '', role: 'resource' }];

/** The calls of a module that acquire by the catalogue, in the order of the text. */
export function sitesIn(module: Module): readonly Site[] {
  const known = sitesOf.get(module);
  if (known !== undefined) return known;
  const sites: Site[] = [];
  for (const call of candidatesIn(module)) {
    const site = siteAt(call, module);
    if (site !== undefined) sites.push(site);
  }
  sites.sort((a, b) => a.call.range[0] - b.call.range[0]);
  sitesOf.set(module, sites);
  return sites;
}

const sitesOf = new WeakMap<Module, readonly Site[]>();

function siteAt(
  call: TSESTree.CallExpression | TSESTree.NewExpression,
  module: Module,
): Site | undefined {
  if (call.type === 'NewExpression') {
    if (!mayMakeLent(call, module)) return undefined;
    const made = originOf(call, module);
    if (made?.kind !== 'instance') return undefined;
    const acquire = made.driver.acquires.find((one) => one.method === 'new' && one.gives === made.type);
    return acquire === undefined ? undefined : siteOf(call, [{ driver: made.driver, acquire }], 'proof', module);
  }
  const method = methodOf(call);
  const callee = bare(call.callee);
  if (!mayAcquire(callee, method?.name, module)) return undefined;
  const chained = method === undefined ? undefined : chainedSite(call, method, module);
  if (chained !== undefined) return chained;
  const name = method?.name ?? (callee.type === 'Identifier' ? callee.name : undefined);
  if (name === undefined) return undefined;
  const promisified = callee.type === 'Identifier' ? promisifiedSite(call, callee, module) : undefined;
  if (promisified !== undefined) return promisified;
  // `client.query(text)` lends nothing whoever the client is; only with a cursor does it.
  const named = method === undefined ? [] : module.facts.acquiresNamed(name);
  if (named.length > 0 && !named.some((one) => fits(one, call, module))) return undefined;
  const receiver = originOf(method?.object ?? callee, module);
  if (receiver?.kind === 'foreign') return undefined;
  const known = originOf(callee, module);
  const forms =
    known?.kind === 'export' || known?.kind === 'module'
      ? formsOfExport(known, call, module)
      : receiver === undefined
        ? []
        : formsOf(receiver, method?.name ?? '()', call, module);
  const driver = known?.kind === 'export' || known?.kind === 'module' ? known.driver : receiver?.kind === 'instance' ? receiver.driver : undefined;
  if (driver !== undefined) {
    const proven = forms.flatMap((acquire) =>
      acquire.then === undefined ? [{ driver, acquire }] : [],
    );
    const site = proven.length === 0 ? undefined : siteOf(call, proven, 'proof', module);
    const isGlobal = known?.kind === 'export' && driver.packages.some((one) => one.global === true && one.module === known.module);
    return site === undefined || !isGlobal ? site : { ...site, global: known.export };
  }
  if (receiver !== undefined || (method === undefined && !distinctive.has(name))) return undefined;
  const inferred = module.facts
    .acquiresNamed(name)
    .filter(
      (one) =>
        one.acquire.proofOnly !== true &&
        one.acquire.arrives !== 'receiver' &&
        one.acquire.then === undefined &&
        fits(one, call, module),
    );
  const owner = method?.object.type === 'MemberExpression' ? memberName(method.object) : undefined;
  const place = method?.object.type === 'Identifier' ? method.object.name : owner;
  const assumed = place !== undefined && module.assumedPools.has(place);
  if (inferred.length === 0) return undefined;
  return siteOf(call, inferred, assumed ? 'proof' : 'evidence', module);
}

/** `this.client.connect()`: what a field of an object acquires by being connected. */
export function receiverSite(call: TSESTree.CallExpression, module: Module): Site | undefined {
  const method = methodOf(call);
  if (method === undefined || !mayAcquire(bare(call.callee), method.name, module)) return undefined;
  const receiver = originOf(method.object, module);
  if (receiver?.kind !== 'instance') return undefined;
  const acquire = formsOf(receiver, method.name, call, module).find(({ arrives }) => arrives === 'receiver');
  const protocol = acquire === undefined ? undefined : protocolOf([{ driver: receiver.driver, type: acquire.gives }]);
  if (protocol === undefined) return undefined;
  const shape: Shape = { kind: 'receiver', receiver: method.object, told: false };
  return { call, protocol, shape, proof: 'proof', lazy: false, owner: undefined, conditional: false };
}

/** `const getConnection = util.promisify(pool.getConnection).bind(pool)`: calling it acquires. */
function promisifiedSite(
  call: TSESTree.CallExpression,
  callee: TSESTree.Identifier,
  module: Module,
): Site | undefined {
  const definition = variableNamed(callee.name, callee, module)?.defs[0];
  const init = definition?.type === 'Variable' ? definition.node.init : null;
  const made = init === null ? undefined : unbound(init);
  if (made?.type !== 'CallExpression') return undefined;
  const promisify = bare(made.callee);
  const maker = promisify.type === 'Identifier' ? promisify.name : methodOf(made)?.name;
  const [argument] = made.arguments;
  if (maker !== 'promisify' || argument === undefined) return undefined;
  const member = unbound(argument);
  const name = member.type === 'MemberExpression' ? memberName(member) : undefined;
  if (member.type !== 'MemberExpression' || name === undefined) return undefined;
  const receiver = originOf(member.object, module);
  const forms = module.facts
    .acquiresNamed(name)
    .filter(
      ({ driver, acquire }) =>
        acquire.arrives === 'callback' &&
        (receiver?.kind === 'instance'
          ? receiver.driver === driver && receiver.type === acquire.of
          : receiver === undefined && acquire.proofOnly !== true),
    );
  const [main] = forms;
  const protocol = protocolOf(forms.map(({ driver, acquire }) => ({ driver, type: acquire.gives })));
  if (main === undefined || protocol === undefined) return undefined;
  return {
    call,
    protocol,
    shape: { kind: 'value', views: wholeResource, promised: true },
    proof: receiver === undefined ? 'evidence' : 'proof',
    lazy: false,
    owner: module.text.slice(...member.object.range),
    conditional: false,
  };
}

/** An expression without the `.bind(…)` at its end. */
function unbound(node: TSESTree.Node): TSESTree.Node {
  const method = methodOf(bare(node));
  return method?.name === 'bind' ? unbound(method.object) : bare(node);
}

/** `db.startTransaction().execute()`: the last call of the chain acquires. */
function chainedSite(
  call: TSESTree.CallExpression,
  last: { readonly object: TSESTree.Node; readonly name: string },
  module: Module,
): Site | undefined {
  const names = module.facts.chainedBefore(last.name);
  if (names.length === 0) return undefined;
  let inner = last.object;
  for (let method = methodOf(inner); method !== undefined; method = methodOf(inner)) {
    if (inner.type === 'CallExpression' && names.includes(method.name)) {
      const receiver = originOf(method.object, module);
      if (receiver?.kind !== 'instance') return undefined;
      const { driver } = receiver;
      const forms = formsOf(receiver, method.name, inner, module).filter((one) => one.then === last.name);
      return siteOf(call, forms.map((acquire) => ({ driver, acquire })), 'proof', module);
    }
    inner = method.object;
  }
  return undefined;
}

/** Names that mean an acquire even as a plain function: `const c = await getConnection()`. */
const distinctive: ReadonlySet<string> = new Set([
  'getConnection',
  'acquireConnection',
  'createQueryRunner',
  'startSession',
]);

function siteOf(
  call: TSESTree.CallExpression | TSESTree.NewExpression,
  forms: readonly DriverAcquire[],
  proof: Site['proof'],
  module: Module,
): Site | undefined {
  const method = methodOf(call);
  const last = call.arguments.at(-1);
  const givesCallback = last !== undefined && isCallback(last, module) && !(call.type === 'CallExpression' && isIgnored(last, call));
  const chosen = forms.filter(({ acquire }) => acquire.arrives === 'receiver' || (acquire.arrives === 'callback') === givesCallback);
  const main = chosen[0];
  if (main === undefined) return undefined;
  const candidates: { driver: Driver; type: string }[] = chosen.map(({ driver, acquire }) => ({
    driver,
    type: acquire.gives,
  }));
  const protocol = protocolOf(candidates);
  if (protocol === undefined) return undefined;
  const awaited = call.parent.type === 'AwaitExpression';
  const shape = shapeOf(main.acquire, awaited, method?.object, givesCallback, module);
  if (shape === undefined) return undefined;
  return {
    call,
    protocol,
    shape,
    proof,
    lazy: main.acquire.lazy === true,
    conditional: false,
    owner: method === undefined ? undefined : module.text.slice(...method.object.range),
  };
}

function shapeOf(
  acquire: Acquire,
  awaited: boolean,
  receiver: TSESTree.Node | undefined,
  told: boolean,
  module: Module,
): Shape | undefined {
  switch (acquire.arrives) {
    case 'callback': {
      const { error = 0, resource = 1, release } = acquire.callback ?? {};
      return { kind: 'callback', error, resource, release };
    }
    case 'receiver': {
      // A client that lives longer than the function is nobody's obligation here.
      if (receiver === undefined || receiver.type !== 'Identifier') return undefined;
      const variable = variableNamed(receiver.name, receiver, module);
      const own = variable?.defs[0]?.type === 'Variable' && variable.scope.type !== 'module' && variable.scope.type !== 'global';
      return own ? { kind: 'receiver', receiver, told } : undefined;
    }
    default:
      return {
        kind: 'value',
        views: [{ path: acquire.property ?? '', role: 'resource' }],
        promised: acquire.arrives === 'promise' || awaited,
      };
  }
}
