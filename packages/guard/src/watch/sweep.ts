import type { Clock, Timer } from '../clock.ts';
import type { Ledger } from '../lease/ledger.ts';
import { WeakMembers } from '../lease/weak-members.ts';
import type { Watcher } from './watcher.ts';

/** The sweep comes by at least this often while anything is open or waits. */
const longestMs = 1000;
/** And no more often than this, however small a limit is. */
const shortestMs = 5;
/** A sweep that comes this much too late tells that nobody could run meanwhile. */
const lagMs = 100;
/** And one that is later than this finds the process just waking: nobody has had a chance yet. */
const pauseMs = 1000;

interface Round {
  readonly ledger: Ledger;
  readonly watchers: readonly Watcher[];
  readonly lookers: readonly Watcher[];
  readonly surveyors: readonly Watcher[];
  /** How long a sweep may let this pool wait. */
  readonly periodMs: number;
}

/** Goes round all leases of all pools that share a clock, by one timer that never keeps the process alive. */
export class Sweep {
  static readonly #ofClock = new WeakMap<Clock, Sweep>();

  /** The sweep of a clock. */
  static of(clock: Clock): Sweep {
    const known = Sweep.#ofClock.get(clock);
    if (known !== undefined) return known;
    const made = new Sweep(clock);
    Sweep.#ofClock.set(clock, made);
    return made;
  }

  readonly #clock: Clock;
  readonly #rounds = new WeakMembers<Round>();
  /** Whose pool lends or is waited for: a leak is told of, also where nothing else leads to the pool any more. */
  readonly #busy = new Set<Round>();
  readonly #roundOf = new WeakMap<Ledger, Round>();
  #timer: Timer | undefined;
  #dueMs = Infinity;

  private constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Watches a pool until the returned function is called. */
  add(ledger: Ledger, watchers: readonly Watcher[]): () => void {
    const round: Round = {
      ledger,
      watchers,
      lookers: watchers.filter(({ look }) => look !== undefined),
      surveyors: watchers.filter(({ survey }) => survey !== undefined),
      periodMs: periodOf(watchers),
    };
    this.#rounds.add(round);
    this.#roundOf.set(ledger, round);
    return () => {
      this.#rounds.delete(round);
      this.#busy.delete(round);
      for (const watcher of watchers) ledger.contain(watcher.name, () => watcher.stop?.());
      if (this.#rounds.isEmpty) this.#cancel();
    };
  }

  /** Something was opened: the sweep comes by within the time of the smallest limit. */
  wake(ledger: Ledger): void {
    if (this.#timer === undefined) this.wakeWithin(this.#roundOf.get(ledger)?.periodMs ?? longestMs);
  }

  /** The sweep comes by within `delayMs`. */
  wakeWithin(delayMs: number): void {
    const nowMs = this.#clock.now();
    if (nowMs + delayMs >= this.#dueMs) return;
    this.#timer?.cancel();
    this.#dueMs = nowMs + delayMs;
    this.#timer = this.#clock.after(delayMs, () => this.#run());
  }

  #cancel(): void {
    this.#timer?.cancel();
    this.#timer = undefined;
    this.#dueMs = Infinity;
  }

  #run(): void {
    const nowMs = this.#clock.now();
    const lateMs = nowMs - this.#dueMs;
    this.#cancel();
    let periodMs = Infinity;
    for (const round of this.#rounds) {
      if (lateMs >= lagMs) this.#resume(round, lateMs, nowMs);
      if (lateMs < pauseMs) this.#look(round, nowMs);
      if (round.ledger.open.size + round.ledger.waiting.size === 0 || !this.#rounds.has(round)) {
        this.#busy.delete(round);
        continue;
      }
      this.#busy.add(round);
      periodMs = Math.min(periodMs, round.periodMs);
    }
    if (periodMs !== Infinity) this.wakeWithin(periodMs);
  }

  #look({ ledger, lookers, surveyors }: Round, nowMs: number): void {
    const { open } = ledger;
    let looking = lookers;
    // All look at a lease before the next: with many of them, fetching it from memory is most of the work.
    open.visit((lease) => {
      if (lease.isInternal) return;
      for (const watcher of looking) {
        if (!open.has(lease)) return;
        try {
          watcher.look?.(lease, nowMs);
        } catch (error) {
          // Once is enough for this time.
          looking = looking.filter((other) => other !== watcher);
          ledger.failedDuring(watcher.name, error);
        }
      }
    });
    for (const watcher of surveyors) ledger.contain(watcher.name, () => watcher.survey?.(nowMs));
  }

  /** Time that nobody could use counts against nobody. */
  #resume({ ledger, watchers }: Round, pausedMs: number, nowMs: number): void {
    for (const lease of ledger.open) {
      lease.pausedMs += pausedMs;
      lease.activeMs = Math.min(nowMs, lease.activeMs + pausedMs);
    }
    for (const watcher of watchers) ledger.contain(watcher.name, () => watcher.resumed?.(pausedMs, nowMs));
  }
}

function periodOf(watchers: readonly Watcher[]): number {
  const limits = watchers.flatMap(({ limitMs }) => limitMs ?? []);
  return Math.max(shortestMs, Math.min(longestMs, ...limits.map((limit) => limit / 4)));
}
