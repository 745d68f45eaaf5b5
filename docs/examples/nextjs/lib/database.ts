import { guard } from '@lifeguard/guard';
import { logger } from '@lifeguard/guard/logger';
import pg from 'pg';

function open(): pg.Pool {
  const pool = guard(new pg.Pool({ max: 10, connectionTimeoutMillis: 5000 }), {
    name: 'orders',
    reclaim: { scopeEnded: 'destroy', onlyWhenExhausted: true },
  });
  pool.on('error', (error) => console.error('An idle connection broke:', error.message));
  logger();
  return pool;
}

declare global {
  var ordersPool: pg.Pool | undefined;
}

/** One for the process: in development, Next.js loads this file anew at every change. */
export const pool = (globalThis.ordersPool ??= open());
