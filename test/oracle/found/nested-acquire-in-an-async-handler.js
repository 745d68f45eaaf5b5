// policy: await
import pg from 'pg';
import mysql from 'mysql2/promise';
const pool = new pg.Pool();
const mpool = mysql.createPool({});
export async function run({ env, items, work, log, kept }) {
  await mpool.getConnection().then(async (c1) => { // clean
    try {
      const c2 = await mpool.getConnection(); // leak: throw
      await c2.query('q');
      mpool.releaseConnection(c2);
    } finally {
      mpool.releaseConnection(c1);
    }
  });
}
