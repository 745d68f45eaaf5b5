import { LifeguardError } from '../errors.ts';
import type { Lease } from '../lease/lease.ts';
import type { Faults } from './options.ts';
import type { TestRun } from './test-run.ts';

const begin = /^\s*(?:begin|start\s+transaction)\b/iu;
/** Methods that begin a transaction without a text. */
const beginners = new Set<PropertyKey>(['beginTransaction', 'beginTransactionAsync']);

/** How many statements a connection has run. */
const statementsOf = new WeakMap<object, number>();

/** The error with which a statement fails on purpose. What kills its connection fails by the driver's own error. */
export function faultOf(run: TestRun, faults: Faults, lease: Lease, operation: PropertyKey, text: string | undefined): Error | undefined {
  const begins = beginners.has(operation) || (text !== undefined && begin.test(text));
  if (text === undefined && !begins) return undefined;
  run.statements += 1;
  if (faults.failBegin === true && begins) return fault('`failBegin` failed the statement that begins a transaction.');
  if (faults.failNth === run.statements) return fault(`\`failNth\` failed statement ${run.statements} of the test.`);
  return faults.dieAfter === countOn(lease) ? kill(lease, faults.dieAfter) : undefined;
}

function fault(sentence: string): LifeguardError {
  return new LifeguardError('LIFEGUARD_INJECTED_FAULT', sentence);
}

function countOn({ resource }: Lease): number {
  if (typeof resource !== 'object' || resource === null) return 0;
  const count = (statementsOf.get(resource) ?? 0) + 1;
  statementsOf.set(resource, count);
  return count;
}

/** Breaks the socket once the statement is on its way, as a server that goes down does. */
function kill({ ledger, resource }: Lease, after: number): Error | undefined {
  const socket = ledger.adapter.socketOf(resource);
  const broken = `the connection was broken by \`dieAfter: ${after}\``;
  if (typeof socket !== 'object' || socket === null || !('destroy' in socket) || typeof socket.destroy !== 'function') {
    return fault(`${broken[0]?.toUpperCase() ?? ''}${broken.slice(1)}, whose socket the driver does not show.`);
  }
  const error = Object.assign(new Error(`read ECONNRESET: ${broken}`), { code: 'ECONNRESET', syscall: 'read' });
  process.nextTick(() => Reflect.apply(Reflect.get(socket, 'destroy') as (error: Error) => void, socket, [error]));
  return undefined;
}
