// Leaks one connection in a scope, and ends as it is told once the leak is suspected and waits in the buffer.
import { createRequire } from 'node:module';
import { clearInterval, setInterval } from 'node:timers';
import { guard, scope, subscribe } from '../../../../packages/guard/dist/index.js';
import { reportFile } from '../../../../packages/guard/dist/sinks/report-file.js';

const { createPool } = createRequire(import.meta.url)('generic-pool');
const [path = '', end = ''] = process.argv.slice(2);
let made = 0;
const pool = guard(createPool({ create: () => Promise.resolve({ id: (made += 1) }), destroy: () => Promise.resolve() }, { max: 2 }), {
  name: 'orders',
  scopeGraceMs: 1,
});
if (end === 'own-listener-before') process.on('SIGTERM', leave);
reportFile(path, { flushAfterMs: 3_600_000 });
if (end === 'own-listener-after') process.once('SIGTERM', leave);
// Keeps the process alive until it is told to end.
const alive = setInterval(() => undefined, 1000);

/** @type {Readonly<Record<string, () => void>>} */
const ends = {
  exit: () => process.exit(7),
  throw: () => {
    throw new Error('nobody catches this');
  },
  reject: () => void Promise.reject(new Error('nobody catches this')),
  'end by itself': () => clearInterval(alive),
};
subscribe(() => setImmediate(() => (ends[end] ?? (() => process.send?.('leaked')))()), ['leak-suspected']);
await scope('job', () => pool.acquire());

function leave() {
  process.exit(9);
}
