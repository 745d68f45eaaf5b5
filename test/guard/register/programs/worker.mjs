import { Worker } from 'node:worker_threads';

new Worker(new URL('pg.mjs', import.meta.url));
