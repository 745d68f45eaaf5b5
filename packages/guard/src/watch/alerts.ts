import type { Ledger } from '../lease/ledger.ts';
import type { Evidence } from '../lease/notice.ts';
import { Sweep } from './sweep.ts';
import type { Watcher } from './watcher.ts';

/** How long a value has to be above its limit, or below the lower one, before anybody is told. */
const sustainedMs = 10_000;

interface Rule {
  readonly alert: Evidence['alert']['alert'];
  /** Raised after values above this. */
  readonly limit: number;
  /** Cleared after values below or at this, so that a value that wavers about the limit is told once. */
  readonly clearedAt: number;
  /** How long values have to be above the limit. */
  readonly afterMs: number;
  readonly value: (nowMs: number) => number;
}

/** Raises alerts about a pool, and clears them: utilisation, waits, exhaustion. */
export function alerts(ledger: Ledger): Watcher {
  const { adapter, options, clock, waiting } = ledger;
  let longestWaitMs = 0;
  const rules: Rule[] = [
    {
      alert: 'utilisation',
      limit: 0.8,
      clearedAt: 0.7,
      afterMs: sustainedMs,
      value() {
        const { active, max } = adapter.counts();
        return active === undefined || max === undefined || max === 0 ? 0 : active / max;
      },
    },
    {
      alert: 'exhaustion',
      limit: 0,
      clearedAt: 0,
      afterMs: 0,
      value: () => (isExhausted(ledger) ? waiting.size : 0),
    },
  ];
  if (options.waitWarnMs !== false) {
    rules.push({
      alert: 'wait',
      limit: options.waitWarnMs,
      clearedAt: options.waitWarnMs / 2,
      afterMs: 0,
      value(nowMs) {
        const [oldest] = waiting;
        const waitedMs = Math.max(longestWaitMs, oldest === undefined ? 0 : nowMs - oldest.askedMs);
        longestWaitMs = 0;
        return waitedMs;
      },
    });
  }
  const watched = rules.map((rule) => new Alert(rule));
  return {
    name: 'alerts',
    gate: {
      lent({ heldMs, askedMs }) {
        if (heldMs - askedMs > longestWaitMs) longestWaitMs = heldMs - askedMs;
      },
    },
    survey(nowMs) {
      for (const alert of watched) {
        const change = alert.look(nowMs);
        if (change !== undefined) ledger.tell('alert', undefined, change);
      }
      // Nothing else may be open that would bring the sweep again.
      if (watched.some(({ isRaised }) => isRaised)) Sweep.of(clock).wakeWithin(1000);
    },
  };
}

function isExhausted({ adapter, open, waiting }: Ledger): boolean {
  const { max, idle } = adapter.counts();
  return waiting.size > 0 && (idle ?? 0) === 0 && (max === undefined || open.size >= max);
}

/** One value with two limits. */
class Alert {
  readonly #rule: Rule;
  /** Since when the value has been on the other side. */
  #sinceMs: number | undefined;
  isRaised = false;

  constructor(rule: Rule) {
    this.#rule = rule;
  }

  look(nowMs: number): Evidence['alert'] | undefined {
    const { alert, limit, clearedAt, afterMs } = this.#rule;
    const value = this.#rule.value(nowMs);
    if (this.isRaised ? value > clearedAt : value <= limit) {
      this.#sinceMs = undefined;
      return undefined;
    }
    this.#sinceMs ??= nowMs;
    if (nowMs - this.#sinceMs < (this.isRaised ? sustainedMs : afterMs)) return undefined;
    this.#sinceMs = undefined;
    this.isRaised = !this.isRaised;
    return { alert, state: this.isRaised ? 'raised' : 'cleared', value, limit };
  }
}
