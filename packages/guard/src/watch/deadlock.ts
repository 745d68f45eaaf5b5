import type { Clock } from '../clock.ts';
import { LifeguardError } from '../errors.ts';
import type { DeadlockStep } from '../lease/exhaustion.ts';
import type { Ledger } from '../lease/ledger.ts';
import { refuseWaiter } from '../lease/lend.ts';
import { showSite } from '../lease/site.ts';
import { exhaustionOf } from './exhaustion.ts';
import { deadlockOf, takePart, type Deadlock } from './hold-and-wait.ts';
import { Sweep } from './sweep.ts';
import type { Watcher } from './watcher.ts';

/** When a wait was last failed: that is a change, after which the rest is given the grace again. */
const failedMs = new WeakMap<Clock, number>();

/** Finds scopes that wait for each other's connections, and fails the newest wait. */
export function deadlock(ledger: Ledger): Watcher {
  const { options, clock, name } = ledger;
  const { deadlockGraceMs } = options;
  let told = '';
  return {
    name: 'deadlock',
    stop: takePart(ledger),
    gate: {
      isOfScopes: true,
      asked({ scope }) {
        if (scope !== undefined && scope.open > 0) Sweep.of(clock).wakeWithin(deadlockGraceMs);
      },
    },
    survey(nowMs) {
      if (deadlockOf(ledger, nowMs, 0) === undefined) {
        told = '';
        return;
      }
      const found = deadlockOf(ledger, nowMs, deadlockGraceMs);
      if (found?.victim.ledger === ledger && nowMs - (failedMs.get(clock) ?? -Infinity) >= deadlockGraceMs) act(found, nowMs);
      Sweep.of(clock).wakeWithin(deadlockGraceMs / 4);
    },
  };

  function act({ victim, steps }: Deadlock, nowMs: number): void {
    const leases = steps.map(({ lease }) => lease);
    const key = [...leases].sort((one, other) => one - other).join();
    if (key !== told || options.deadlock === 'fail') ledger.tell('deadlock', victim, { cycle: steps });
    told = key;
    if (options.deadlock !== 'fail') return;
    failedMs.set(clock, nowMs);
    const sentence = `Every connection of "${name}" is held by work that waits for another: ${steps.map(describe).join('; ')}.`;
    const error = new LifeguardError('LIFEGUARD_POOL_DEADLOCK', sentence);
    const lifeguard = { ...exhaustionOf(ledger, nowMs - victim.askedMs), cycle: steps };
    Object.defineProperty(error, 'lifeguard', { value: lifeguard, configurable: true, writable: true, enumerable: false });
    refuseWaiter(victim, error);
  }
}

function describe({ scope, pool, waitsAt, heldBy, heldAt }: DeadlockStep): string {
  return `${scope} waits for "${pool}" at ${showSite(waitsAt)}, held by ${scope === heldBy ? 'itself' : heldBy} from ${showSite(heldAt)}`;
}
