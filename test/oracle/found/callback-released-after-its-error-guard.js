// policy: off
import pg from 'pg';
import mysql from 'mysql2/promise';
const pool = new pg.Pool();
const mpool = mysql.createPool({});
export async function run({ env, items, work, log, kept }) {
  pool.connect((err1, c1, done1) => { // clean
    if (err1) return;
    if (c1 != null) { c1.release(); }
  });
}
