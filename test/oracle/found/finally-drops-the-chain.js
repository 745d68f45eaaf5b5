// policy: await
import pg from 'pg';
const pool = new pg.Pool();
export async function run({ env, items, work, log, kept }) {
  try {
    return pool.connect().then((c1) => { // clean
      return c1.query('q').finally(() => c1.release());
    });
  } finally {
    return;
  }
}
