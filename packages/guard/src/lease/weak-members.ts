/**
 * Members that are not kept alive by being one: what the process knows of its pools.
 *
 * A service that makes a pool for each tenant ends most of them without `unguard`. What is added
 * here lives as long as something else leads to it, which is the pool with its guard.
 */
export class WeakMembers<T extends object> {
  readonly #refs = new Set<WeakRef<T>>();
  readonly #refOf = new WeakMap<T, WeakRef<T>>();
  /** Nobody may ever go round them, so that every doubling lets go of those that are gone. */
  #prunedAt = 64;

  add(member: T): void {
    if (this.#refOf.has(member)) return;
    const ref = new WeakRef(member);
    this.#refOf.set(member, ref);
    this.#refs.add(ref);
    if (this.#refs.size < this.#prunedAt) return;
    for (const known of this.#refs) if (known.deref() === undefined) this.#refs.delete(known);
    this.#prunedAt = Math.max(64, 2 * this.#refs.size);
  }

  delete(member: T): void {
    const ref = this.#refOf.get(member);
    if (ref === undefined) return;
    this.#refOf.delete(member);
    this.#refs.delete(ref);
  }

  has(member: T): boolean {
    return this.#refOf.has(member);
  }

  /** Those that are still there, in the order in which they came. */
  *[Symbol.iterator](): Generator<T, void> {
    for (const ref of this.#refs) {
      const member = ref.deref();
      if (member === undefined) this.#refs.delete(ref);
      else yield member;
    }
  }

  /** How many are kept, those included that are gone and were not noticed yet. */
  get size(): number {
    return this.#refs.size;
  }

  get isEmpty(): boolean {
    return this[Symbol.iterator]().next().done === true;
  }
}
