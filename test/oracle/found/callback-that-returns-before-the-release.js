// policy: off
import pg from 'pg';
import mysql from 'mysql2/promise';
const pool = new pg.Pool();
const mpool = mysql.createPool({});
export async function run({ env, items, work, log, kept }) {
  pool.connect((err1, c1, done1) => { // leak: normal
    if (err1) return;
    if (env.a1) {
      return;
    }
    done1();
  });
}
