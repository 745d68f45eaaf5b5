import { describe } from 'vitest';
import { check } from './claims.ts';

describe('the truth of callbacks and promise chains', () => {
  check([
    [
      'holds nothing where the acquire called back with an error',
      'pool.connect((err, c, done) => { if (err) return; done(); });',
      'clean',
    ],
    [
      'sees the query callback that returns early',
      "pool.connect((err, c, done) => { if (err) return; c.query('q', (e) => { if (e) return; done(); }); });",
      'throw',
      'off',
    ],
    [
      'waits for the nested callback',
      "pool.connect((err, c, done) => { if (err) return; c.query('q', () => { c.release(); }); });",
      'clean',
    ],
    [
      'counts what the `throw` of a callback leaves behind, which a listener of the process may meet',
      "pool.connect((err, c, done) => { if (err) return; if (p1) throw new Error('x'); done(); });",
      'throw',
    ],
    [
      'counts nothing where what a callback calls throws and the process ends',
      "pool.connect((err, c, done) => { if (err) return; c.query('q'); done(); });",
      'clean',
      'calls',
    ],
    [
      'sees the rejection of a chain that a callback returned',
      "pool.connect((err, c, done) => { if (err) return; return work().then(() => c.release()); });",
      'throw',
    ],
    [
      'lets a call with a callback throw under "calls"',
      "const c = await pool.connect(); c.query('q', (e) => { c.release(); });",
      'throw',
      'calls',
    ],
    [
      'expects only the callback of a query to fail under "await"',
      "const c = await pool.connect(); c.query('q', (e) => { c.release(); });",
      'clean',
    ],
    ['releases in a finally of the chain', "return pool.connect().then((c) => c.query('q').finally(() => c.release()));", 'clean'],
    ['sees a then that a rejection skips', "return pool.connect().then((c) => c.query('q').then(() => c.release()));", 'throw'],
    [
      'accepts both arms of a then',
      "await pool.connect().then((c) => c.query('q').then(() => c.release(), () => c.release(true)));",
      'clean',
    ],
    ['waits for a chain nobody awaits', "pool.connect().then((c) => c.query('q').finally(() => c.release()));", 'clean'],
    [
      'follows an async handler',
      "await pool.connect().then(async (c) => { await c.query('q'); c.release(); });",
      'throw',
    ],
    ['lets a chain that resolves with the connection go', 'return pool.connect().then((c) => c);', 'clean'],
  ]);
});
