/** A constructor that gives back what it gets, so that a subclass puts its private fields there. */
const Given = function Given(given: object): object {
  return given;
} as unknown as new (given: object) => object;

/**
 * Puts a reference to a fence where nobody sees it: a private field of a foreign object.
 *
 * A `WeakMap` does the same, at a price: the garbage collector visits every entry again and again,
 * which costs more than the rest of a query's share of the guard.
 */
class Kept extends Given {
  #fence: object | undefined;

  static put(fence: object, by: object): void {
    const kept = #fence in by ? by : new Kept(by);
    kept.#fence = fence;
  }
}

/** For what takes no private field: newer engines let nothing onto a frozen object. */
const frozen = new WeakMap<object, object>();

/**
 * Keeps the fence of a lease alive for as long as what came out of the connection is: a promise, a
 * cursor or a stream may still lead to the release.
 */
export function keepAlive(fence: object, by: unknown): void {
  if ((typeof by !== 'object' || by === null) && typeof by !== 'function') return;
  if (Object.isExtensible(by)) Kept.put(fence, by);
  else frozen.set(by, fence);
}
