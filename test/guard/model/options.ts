import type { Clock, GuardOptions } from '../../../packages/guard/dist/index.js';

/** Everything that is leaked is taken back, as fast as it may be. */
export function options(clock: Clock): GuardOptions {
  return { clock, reclaim: { collected: 'off', scopeEnded: 'destroy', maxPerMinute: 1_000_000 }, idleLimitMs: false };
}
