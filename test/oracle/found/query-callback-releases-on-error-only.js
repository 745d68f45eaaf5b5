// policy: off
import pg from 'pg';
import mysql from 'mysql2/promise';
const pool = new pg.Pool();
const mpool = mysql.createPool({});
export async function run({ env, items, work, log, kept }) {
  const c1 = await mpool.getConnection(); // leak: normal
  c1.query('q', (err1) => {
    if (err1) { c1.release(true); return; }
  });
}
