// policy: await
import pg from 'pg';
import mysql from 'mysql2/promise';
const pool = new pg.Pool();
const mpool = mysql.createPool({});
export async function run({ env, items, work, log, kept }) {
  await pool.connect().then((c1) => { // clean
    c1.query('q', (err1) => {
    });
    c1.release();
  }).catch(() => {
  });
}
