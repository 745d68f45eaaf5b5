import { adviceFor } from '../advice.ts';
import { isRunning } from '../lease/doing.ts';
import type { Cause } from '../lease/exhaustion.ts';
import type { Lease } from '../lease/lease.ts';
import type { Ledger } from '../lease/ledger.ts';
import { showSite, siteOf } from '../lease/site.ts';
import { lastQueryOf } from '../lease/statement.ts';
import { deadlockOf } from './hold-and-wait.ts';
import { first } from './holding.ts';
import { pausedSince } from './pauses.ts';

/** Of a larger pool the oldest leases stand for all. */
const most = 200;
/** What at least this share of the holders does is the cause. */
const greatShare = 0.5;

/** Why a caller that has waited for `waitedMs` has no connection yet, and what to do about it. */
export function causeOf(ledger: Ledger, waitedMs: number): { readonly cause: Cause; readonly advice: string } {
  const nowMs = ledger.clock.now();
  const { max } = ledger.adapter.counts();
  const leases = first(ledger.open, most);
  if (waitedMs > 0 && pausedSince(ledger.clock, nowMs - waitedMs) >= waitedMs * greatShare) {
    return { cause: 'blocked event loop', advice: 'Find what kept the process from running, with a CPU profile: no connection can come back while nothing runs.' };
  }
  if (leases.length === 0 || (max !== undefined && ledger.open.size < max)) {
    return { cause: 'cannot connect', advice: 'Look at the server, the network and the credentials: connections are being opened and do not come.' };
  }
  if (deadlockOf(ledger, nowMs, 0) !== undefined) {
    return { cause: 'deadlock', advice: 'Acquire once per task and pass the connection on: every holder waits for another connection.' };
  }
  const overdue = leases.find(({ state }) => state === 'leaked' || state === 'suspected');
  const idle = leases.filter((lease) => lease.intent === undefined && hasIdled(lease, nowMs, waitedMs));
  if (overdue !== undefined || idle.length >= leases.length * greatShare) {
    const site = showSite(siteOf((overdue ?? idle[0])?.acquiredAt));
    return { cause: 'leak', advice: `Give the connection acquired at ${site} back in a \`finally\` block, or hold it for its queries only.` };
  }
  const slow = leases.filter((lease) => isRunning(lease) && nowMs - lease.activeMs >= waitedMs * greatShare);
  if (slow.length >= leases.length * greatShare) {
    const text = slow.map(lastQueryOf).find((one) => one !== undefined);
    return { cause: 'slow queries', advice: `Make ${text === undefined ? 'the running statements' : `\`${shorten(text)}\``} faster, or limit them with a statement timeout.` };
  }
  const { suggestedMax } = adviceFor(ledger);
  const size = max !== undefined && suggestedMax > max ? `to ${suggestedMax} connections` : 'if the server has room';
  return { cause: 'undersized', advice: `Connections come and go, and are too few: raise the pool ${size}.` };
}

/** Has nothing run on it for most of the time that the caller has waited? */
function hasIdled(lease: Lease, nowMs: number, waitedMs: number): boolean {
  return !isRunning(lease) && nowMs - lease.activeMs >= waitedMs * greatShare;
}

const longest = 80;

/** A statement in one line, for messages. */
export function shorten(text: string): string {
  const line = text.replace(/\s+/gu, ' ').trim();
  return line.length > longest ? `${line.slice(0, longest - 1)}…` : line;
}
