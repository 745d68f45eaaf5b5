// policy: await
import pg from 'pg';
import mysql from 'mysql2/promise';
const pool = new pg.Pool();
const mpool = mysql.createPool({});
export async function run({ env, items, work, log, kept }) {
  let c1;
  try {
    c1 = await mpool.getConnection(); // clean
    c1.release();
    c1 = null;
    if (env.a1) {
      mpool.releaseConnection(c1);
    }
  } finally {
    if (c1) c1.release();
  }
}
