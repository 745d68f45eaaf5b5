'use strict';

const { Pool } = require('tarn');

async function run() {
  const pool = new Pool({ create: async () => ({}), destroy: () => undefined, min: 0, max: 1 });
  await pool.acquire().promise; // leaks
  pool.release(await pool.acquire().promise);
  await pool.destroy();
}

void run();
