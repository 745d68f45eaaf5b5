// policy: calls
import pg from 'pg';
import mysql from 'mysql2/promise';
const pool = new pg.Pool();
const mpool = mysql.createPool({});
export async function run({ env, items, work, log, kept }) {
  const c1 = await pool.connect(); // leak: throw
  const c2 = await pool.connect(); // clean
  c1.release();
  if (c2) c2.release();
}
