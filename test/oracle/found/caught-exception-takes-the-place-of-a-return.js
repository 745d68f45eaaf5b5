// policy: await
import pg from 'pg';
import mysql from 'mysql2/promise';
const pool = new pg.Pool();
const mpool = mysql.createPool({});
export async function run({ env, items, work, log, kept, g1 }) {
  try {
    try {
      const o2 = !g1;
      let c3 = g1;
      if (!g1) {
        c3 = await pool.connect(); // leak: throw
      }
      return { c3 };
    } finally {
      const c4 = await pool.connect(); // leak: normal
    }
  } catch (error) {
  }
}
