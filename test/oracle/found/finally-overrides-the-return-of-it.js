// policy: off
import pg from 'pg';
import mysql from 'mysql2/promise';
const pool = new pg.Pool();
const mpool = mysql.createPool({});
export async function run({ env, items, work, log, kept }) {
  const c1 = await mpool.getConnection(); // leak: throw
  try {
    throw new Error('x');
  } catch (error) {
    return { c1 };
  } finally {
    return;
  }
}
