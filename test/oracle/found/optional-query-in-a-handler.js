// policy: off
import pg from 'pg';
import mysql from 'mysql2/promise';
const pool = new pg.Pool();
const mpool = mysql.createPool({});
export async function run({ env, items, work, log, kept }) {
  return pool.connect().then((c1) => { // leak: normal
    c1?.query('q');
  });
}
