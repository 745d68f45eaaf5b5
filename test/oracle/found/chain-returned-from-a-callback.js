// policy: off
import pg from 'pg';
const pool = new pg.Pool();
export async function run({ env, items, work, log, kept }) {
  pool.connect((err1, c1, done1) => { // leak: throw
    if (err1) return;
    return pool.connect().then((c2) => { // leak: throw
      throw new Error('x');
    });
  });
}
