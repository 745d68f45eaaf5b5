import { guard } from '@lifeguard/guard';
import { logger } from '@lifeguard/guard/logger';
import pg from 'pg';

/** Where the server is, `PGHOST` and its like say. One connection listens, so one job fewer runs at a time. */
export const pool = guard(new pg.Pool({ max: 5, connectionTimeoutMillis: 5000 }), {
  name: 'jobs',
  reclaim: { scopeEnded: 'destroy', onlyWhenExhausted: true },
});

pool.on('error', (error) => console.error('An idle connection broke:', error.message));

logger();
