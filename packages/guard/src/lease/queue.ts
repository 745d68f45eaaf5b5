import type { Lease } from './lease.ts';

/**
 * Leases in the order in which they came, each of which leaves from wherever it stands.
 *
 * A `Set` does the same, and allocates anew every few times that one comes and goes, which cost as
 * much as the rest of a checkout.
 */
export class Queue {
  #first: Lease | undefined;
  #last: Lease | undefined;
  #size = 0;

  get size(): number {
    return this.#size;
  }

  has(lease: Lease): boolean {
    return lease.queue === this;
  }

  /** A lease stands in one queue at a time. */
  add(lease: Lease): void {
    lease.queue = this;
    lease.before = this.#last;
    if (this.#last === undefined) this.#first = lease;
    else this.#last.after = lease;
    this.#last = lease;
    this.#size += 1;
  }

  /** `false` where it does not stand here. */
  delete(lease: Lease): boolean {
    if (lease.queue !== this) return false;
    const { before, after } = lease;
    if (before === undefined) this.#first = after;
    else before.after = after;
    if (after === undefined) this.#last = before;
    else after.before = before;
    lease.queue = undefined;
    // A lease that is over must not keep others from the garbage collector.
    lease.before = undefined;
    lease.after = undefined;
    this.#size -= 1;
    return true;
  }

  /**
   * Calls for those that stand here, oldest first, without a list of them. The one it is called for
   * may leave; should the next leave with it, the rest waits for the next visit.
   */
  visit(call: (lease: Lease) => void): void {
    let next = this.#first;
    while (next?.queue === this) {
      const lease: Lease = next;
      next = lease.after;
      call(lease);
    }
  }

  /** Oldest first: those that stand here now, unless they leave before their turn. */
  *[Symbol.iterator](): Generator<Lease, void> {
    const leases: Lease[] = [];
    for (let lease = this.#first; lease !== undefined; lease = lease.after) leases.push(lease);
    for (const lease of leases) if (lease.queue === this) yield lease;
  }
}
