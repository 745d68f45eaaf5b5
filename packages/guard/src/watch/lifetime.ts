/** So much earlier, at most, so that connections that were made together do not end together. */
const jitter = 0.1;

/** When a connection that is made now becomes too old; `Infinity` for never. */
export function expiryOf(maxLifetimeMs: number | false, nowMs: number): number {
  return maxLifetimeMs === false ? Infinity : nowMs + maxLifetimeMs * (1 - jitter * Math.random());
}
