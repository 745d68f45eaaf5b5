/**
 * A worker: orders that wait in a table are shipped, several at a time, and `NOTIFY orders` wakes it.
 * Each job is a scope; the connection that listens is held on purpose, and said to be.
 */
import { hold, stats } from '@lifeguard/guard';
import { on } from 'node:events';
import { pool } from './database.ts';
import { shipOne } from './job.ts';

const stopping = new AbortController();
process.once('SIGTERM', () => stopping.abort());

async function shipAll(): Promise<void> {
  while (!stopping.signal.aborted && (await shipOne()));
}

const listener = hold(await pool.connect(), 'LISTEN orders'); // is no leak, however long
try {
  await listener.query('LISTEN orders');
  await Promise.all([shipAll(), shipAll(), shipAll()]);
  for await (const _ of on(listener, 'notification', { signal: stopping.signal })) await shipAll();
} catch (error) {
  if (!stopping.signal.aborted) throw error;
} finally {
  listener.release(true); // closed: nobody else should listen
}

const { active, waiting, leaks } = stats(pool);
console.log(JSON.stringify({ active, waiting, leaks }));
await pool.end();
