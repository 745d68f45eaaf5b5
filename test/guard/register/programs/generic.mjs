import { createPool } from 'generic-pool';

const pool = createPool({ create: async () => ({}), destroy: async () => undefined }, { max: 1, acquireTimeoutMillis: 20_000 });
await pool.acquire(); // leaks
await pool.use(async () => undefined);
await pool.drain();
await pool.clear();
