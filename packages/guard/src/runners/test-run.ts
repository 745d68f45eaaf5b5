import type { Lease } from '../lease/lease.ts';
import { Scope } from '../lease/scope.ts';
import { siteOf } from '../lease/site.ts';
import { isIgnored, type LeakOptions } from './options.ts';

/** One run of one test, and what it has acquired. */
export class TestRun {
  readonly scope: Scope;
  /** What is asked of it; `undefined` while nobody asks that it leaks nothing. */
  options: LeakOptions | undefined;
  /** How many statements it has started. */
  statements = 0;
  /** Its leases that are open or wait, and those that the guard took back. */
  readonly leases = new Set<Lease>();
  /** What `ignoreSite` threw last. */
  thrown: { readonly error: unknown } | undefined;
  #ignored = new WeakSet<Lease>();

  constructor(name: string, options?: LeakOptions) {
    this.scope = new Scope(name);
    this.options = options;
  }

  /** Asks that it leaks nothing, in addition to what is asked already. */
  expect(options: LeakOptions): void {
    if (options.ignoreCurrent === true) this.#ignored = new WeakSet(this.leases);
    this.options = { ...this.options, ...options };
  }

  /** What it would leak if it were over now. */
  get leaks(): readonly Lease[] {
    if (this.options === undefined) return [];
    const { ignoreSite } = this.options;
    return [...this.leases].filter(
      (lease) =>
        (lease.isOpen || lease.state === 'reclaimed') &&
        lease.intent === undefined &&
        !this.#ignored.has(lease) &&
        !isIgnored(siteOf(lease.acquiredAt), ignoreSite, (error) => void (this.thrown = { error })),
    );
  }

  /** It has asked for connections that it has not got yet. */
  get isWaiting(): boolean {
    return [...this.leases].some(({ state }) => state === 'waiting');
  }
}
