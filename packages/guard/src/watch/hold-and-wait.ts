import type { Clock } from '../clock.ts';
import { isRunning } from '../lease/doing.ts';
import type { DeadlockStep } from '../lease/exhaustion.ts';
import type { Lease } from '../lease/lease.ts';
import type { Ledger } from '../lease/ledger.ts';
import { mask } from '../lease/mask.ts';
import type { Scope } from '../lease/scope.ts';
import { siteOf } from '../lease/site.ts';
import { WeakMembers } from '../lease/weak-members.ts';

/** Scopes that wait for each other's connections, so that none will ever be given back. */
export interface Deadlock {
  /** The newest wait that is part of it. */
  readonly victim: Lease;
  /** Who waits for whom, from the victim on. */
  readonly steps: readonly DeadlockStep[];
}

const ledgersOf = new WeakMap<Clock, WeakMembers<Ledger>>();

/** Lets a pool take part, until the returned function is called: a scope may hold of one pool and wait for another. */
export function takePart(ledger: Ledger): () => void {
  const ledgers = ledgersOf.get(ledger.clock) ?? new WeakMembers<Ledger>();
  ledgersOf.set(ledger.clock, ledgers);
  ledgers.add(ledger);
  return () => ledgers.delete(ledger);
}

/**
 * The deadlock that a pool is part of, where nothing about it has changed for `graceMs`.
 *
 * The largest set of exhausted pools all of whose connections are held by scopes that themselves wait
 * for a pool of the set. Whoever holds or waits outside a scope may be waiting for anything: one such
 * lease, or one that runs something, and the pool is not part of it.
 */
export function deadlockOf(ledger: Ledger, nowMs: number, graceMs: number): Deadlock | undefined {
  if (!isStuck(ledger, nowMs, graceMs)) return undefined;
  const pools = new Set([...(ledgersOf.get(ledger.clock) ?? [])].filter((one) => isStuck(one, nowMs, graceMs)));
  for (;;) {
    const waits = waitsIn(pools, nowMs, graceMs);
    const free = [...pools].filter(({ open }) => [...open].some(({ scope }) => scope === undefined || !waits.has(scope)));
    if (free.length === 0) return pools.has(ledger) ? read(pools, waits) : undefined;
    for (const one of free) pools.delete(one);
  }
}

/** Is everything lent, to scopes that wait, and has none of it been used for so long? */
function isStuck({ open, waiting, adapter }: Ledger, nowMs: number, graceMs: number): boolean {
  if (open.size === 0 || waiting.size === 0) return false;
  for (const lease of open) {
    const { scope, isInternal, heldMs, activeMs } = lease;
    if (scope === undefined || scope.waiting === 0 || isInternal) return false;
    if (nowMs - Math.max(heldMs, activeMs) < graceMs || isRunning(lease)) return false;
  }
  const { max, idle, active } = adapter.counts();
  // What is lent besides, or on its way, may still come.
  return (max === undefined || open.size >= max) && (idle ?? 0) === 0 && (active ?? 0) <= open.size;
}

/** The waits of each scope, which have lasted for so long. */
function waitsIn(pools: ReadonlySet<Ledger>, nowMs: number, graceMs: number): ReadonlyMap<Scope, Lease[]> {
  const waits = new Map<Scope, Lease[]>();
  for (const { waiting } of pools) {
    for (const lease of waiting) {
      if (lease.scope === undefined || nowMs - lease.askedMs < graceMs) continue;
      const known = waits.get(lease.scope);
      if (known === undefined) waits.set(lease.scope, [lease]);
      else known.push(lease);
    }
  }
  return waits;
}

function read(pools: ReadonlySet<Ledger>, waits: ReadonlyMap<Scope, readonly Lease[]>): Deadlock | undefined {
  const holders = new Set([...pools].flatMap(({ open }) => [...open].map(({ scope }) => scope)));
  const candidates = [...waits.values()].flat().filter(({ scope }) => holders.has(scope));
  const [first, ...others] = candidates;
  if (first === undefined) return undefined;
  const victim = others.reduce((newest, lease) => (lease.id > newest.id ? lease : newest), first);
  return { victim, steps: cycleFrom(victim, waits) };
}

/** Follows waits to holders until a scope comes again. */
function cycleFrom(victim: Lease, waits: ReadonlyMap<Scope, readonly Lease[]>): readonly DeadlockStep[] {
  const seen: Scope[] = [];
  const steps: DeadlockStep[] = [];
  let wait: Lease | undefined = victim;
  while (wait?.scope !== undefined) {
    const { scope, ledger }: Lease = wait;
    const again = seen.indexOf(scope);
    if (again !== -1) return steps.slice(again);
    seen.push(scope);
    const held: Lease | undefined = [...ledger.open].find((lease) => lease.scope !== scope) ?? [...ledger.open][0];
    if (held?.scope === undefined) break;
    steps.push(stepOf(wait, scope, held, held.scope));
    wait = waits.get(held.scope)?.[0];
  }
  return steps;
}

function stepOf(wait: Lease, scope: Scope, held: Lease, by: Scope): DeadlockStep {
  const [waitsAt, heldAt] = [siteOf(wait.acquiredAt), siteOf(held.acquiredAt)];
  return {
    scope: mask(scope.label),
    pool: wait.ledger.name,
    ...(waitsAt === undefined ? {} : { waitsAt }),
    heldBy: mask(by.label),
    lease: held.id,
    ...(heldAt === undefined ? {} : { heldAt }),
  };
}
