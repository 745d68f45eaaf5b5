const kept = new WeakMap<object, object>();

/**
 * Keeps the fence of a lease alive for as long as what came out of the connection is: a promise, a
 * cursor or a stream may still lead to the release.
 */
export function keepAlive(fence: object, by: unknown): void {
  if ((typeof by === 'object' && by !== null) || typeof by === 'function') kept.set(by, fence);
}
