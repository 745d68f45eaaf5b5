import { guard } from '@lifeguard/guard';
import { logger } from '@lifeguard/guard/logger';
import { reportFile } from '@lifeguard/guard/report-file';
import pg from 'pg';

/** Where the server is, `PGHOST` and its like say. */
export const pool = guard(new pg.Pool({ max: 10, connectionTimeoutMillis: 5000 }), {
  name: 'orders',
  reclaim: { scopeEnded: 'destroy', onlyWhenExhausted: true },
});

// What breaks while it is idle is replaced by the pool; without a listener it would end the process.
pool.on('error', (error) => console.error('An idle connection broke:', error.message));

logger();
reportFile('leaks.jsonl');
