// policy: await
import pg from 'pg';
import mysql from 'mysql2/promise';
const pool = new pg.Pool();
const mpool = mysql.createPool({});
export async function run({ env, items, work, log, kept }) {
  await using c1 = await mpool.getConnection(); // clean
  const c2 = await pool.connect(); // clean
  return { c2 };
}
