// policy: off
import pg from 'pg';
import mysql from 'mysql2/promise';
const pool = new pg.Pool();
const mpool = mysql.createPool({});
export async function run({ env, items, work, log, kept, p1 }) {
  return pool.connect().then((c1) => { // leak: normal
    if (p1) {
      c1.release();
    }
  }).then(() => {
  });
}
