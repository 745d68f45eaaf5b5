// policy: off
import pg from 'pg';
import mysql from 'mysql2/promise';
const pool = new pg.Pool();
const mpool = mysql.createPool({});
export async function run({ env, items, work, log, kept, p1 }) {
  let c1;
  c1 = await mpool.getConnection(); // leak: normal
  if (p1) {
  } else {
    c1 = await mpool.getConnection(); // clean
  }
  c1 && c1.release();
}
