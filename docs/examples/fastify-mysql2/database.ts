import { guard } from '@lifeguard/guard';
import mysql from 'mysql2/promise';

/** Where the server is, `DATABASE_URL` says: `mysql://user:password@host/database`. */
export const pool = guard(mysql.createPool({ uri: process.env['DATABASE_URL'], connectionLimit: 10 }), {
  name: 'orders',
  acquireTimeoutMs: 5000, // mysql2 itself would wait for ever
  reclaim: { scopeEnded: 'destroy', onlyWhenExhausted: true },
});
