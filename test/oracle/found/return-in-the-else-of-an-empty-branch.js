// policy: off
import pg from 'pg';
import mysql from 'mysql2/promise';
const pool = new pg.Pool();
const mpool = mysql.createPool({});
export async function run({ env, items, work, log, kept, p1 }) {
  const c1 = await pool.connect(); // leak: normal
  if (p1) {
  } else {
    return;
  }
  c1.release(true);
}
