import type { TSESTree } from '@typescript-eslint/utils';
import { typeFacts } from '../../read/facts.ts';
import { methodOf } from '../../read/member.ts';
import type { Held } from './held.ts';
import type { Mentions, ReleaseStatement } from './mentions.ts';

/** The text that gives the resource back, without the semicolon; `undefined` where it is not sure. */
export function giveBack(held: Held, { releases, isGuarded }: Mentions): string | undefined {
  const { module, mayAwait, result } = held;
  const { protocol, proof } = result.site;
  const texts = new Set(releases.map(({ call }) => plain(module.text.slice(...call.range))));
  const isOwn = ({ call }: ReleaseStatement): boolean => isVariable(held, methodOf(call)?.object ?? call);
  const written = releases.find(isOwn) ?? releases[0];
  if (written === undefined) return proof === 'proof' ? ownWay(held, isGuarded) : undefined;
  if (texts.size > 1 && releases.some(({ call }) => isDestroying(call, held))) return undefined;
  const method = methodOf(written.call);
  if (method === undefined) return undefined;
  const isOnResource = isOwn(written);
  const release = (isOnResource ? protocol.onResource : protocol.onOwner).get(method.name);
  if (release === undefined || release.then !== undefined || release.settles === 'callback') return undefined;
  const promised = release.settles === 'promise' && proof === 'proof';
  const waits = promised || releases.some((one) => one.waits);
  if (waits && !mayAwait) return undefined;
  const text = plain(module.text.slice(...written.call.range));
  return statementText(held, isOnResource, text, waits, isGuarded);
}

/** The first way the record knows. */
function ownWay(held: Held, isGuarded: boolean): string | undefined {
  const { protocol, owner } = held.result.site;
  const ways = [...protocol.onResource.values(), ...protocol.onOwner.values()];
  const release = ways.find((one) => one.argument === undefined && one.then === undefined);
  if (release === undefined || release.settles === 'callback' || release.method.includes('.')) return undefined;
  const waits = release.settles !== 'sync';
  if (waits && !held.mayAwait) return undefined;
  const { name } = held.variable;
  if (release.on === 'owner' && (owner === undefined || !/^[\w$.#]+$/u.test(owner))) return undefined;
  const text = release.on === 'owner' ? `${owner}.${release.method}(${name})` : `${name}.${release.method}()`;
  return statementText(held, release.on === 'resource', text, waits, isGuarded);
}

function statementText(
  { variable: { name } }: Held,
  isOnResource: boolean,
  text: string,
  waits: boolean,
  isGuarded: boolean,
): string {
  const wait = waits ? 'await ' : '';
  if (!isGuarded) return wait + text;
  return isOnResource ? wait + text.replace(`${name}.`, `${name}?.`) : `if (${name}) ${wait}${text}`;
}

/** Does the call close the resource for good? */
function isDestroying(call: TSESTree.CallExpression, { result }: Held): boolean {
  const name = methodOf(call)?.name;
  const { drivers } = result.site.protocol;
  if (call.arguments.length > 0 && !result.site.protocol.onOwner.has(name ?? '')) return true;
  return !drivers.some((driver) =>
    Object.keys(driver.types).some((type) =>
      (typeFacts(driver, type)?.releases ?? []).some((one) => one.method === name),
    ),
  );
}

function isVariable({ variable }: Held, node: TSESTree.Node): boolean {
  return node.type === 'Identifier' && variable.references.some(({ identifier }) => identifier === node);
}

function plain(text: string): string {
  return text.replace('?.', '.').replace('!.', '.');
}
