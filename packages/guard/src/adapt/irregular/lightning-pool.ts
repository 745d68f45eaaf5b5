import type { Irregular } from './irregular.ts';
import { numberAt, runsInAny, socketUnder } from './shapes.ts';

/** lightning-pool, which lends anything: what a resource is, its shape tells. */
export const lightningPool: Irregular = {
  driver: 'lightning-pool',
  lifecycle: { created: 'create', destroyed: 'destroy', argument: 0 },
  takers: ['isAcquired', 'includes'],
  max: numberAt('options.max'),
  isRunning: runsInAny,
  socketOf: socketUnder,
};
