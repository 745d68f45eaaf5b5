// policy: calls
import pg from 'pg';
import mysql from 'mysql2/promise';
const pool = new pg.Pool();
const mpool = mysql.createPool({});
export async function run({ env, items, work, log, kept }) {
  const c1 = await mpool.getConnection(); // clean
  try {
    const c2 = await mpool.getConnection(); // clean
    return { c2 };
  } finally {
    c1.release();
  }
}
