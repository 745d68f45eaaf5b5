import { LifeguardError } from './errors.ts';
import { fenceOf } from './lease/handle.ts';

/**
 * Declares that a connection is held for long on purpose: it is never suspected.
 *
 * @param intent - Why, for people: `'LISTEN orders'`.
 * @throws LifeguardError `LIFEGUARD_NOT_HELD` when it is no connection of a guarded pool, or given back.
 */
export function hold<C>(connection: C, intent: string): C {
  const lease = fenceOf(connection)?.lease;
  if (lease?.isOpen !== true) throw new LifeguardError('LIFEGUARD_NOT_HELD', '`hold` got something that is not held.');
  lease.intent = intent;
  lease.clear();
  return connection;
}
