import { guard } from '@lifeguard/guard';
import { logger } from '@lifeguard/guard/logger';
import pg from 'pg';

/**
 * Made once for each environment, and used by all its invocations: one at a time, so one connection
 * will do. Verdicts are put off by the time for which the environment was frozen, and a connection
 * that did not outlive it is found dead before it is lent.
 */
export const pool = guard(new pg.Pool({ max: 1, connectionTimeoutMillis: 5000, allowExitOnIdle: true }), {
  name: 'orders',
  reclaim: { scopeEnded: 'destroy', onlyWhenExhausted: true },
});

pool.on('error', (error) => console.error('An idle connection broke:', error.message));

logger(); // standard output is what the platform keeps
