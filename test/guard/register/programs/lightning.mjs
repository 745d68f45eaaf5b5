import { createPool } from 'lightning-pool';

const pool = createPool({ create: () => ({}), destroy: () => undefined }, { max: 1, acquireTimeoutMillis: 20_000 });
await pool.acquire(); // leaks
pool.release(await pool.acquire());
await pool.closeAsync();
