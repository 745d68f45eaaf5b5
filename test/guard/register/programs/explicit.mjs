// A program that guards a pool itself, and says what it has.
import pg from 'pg';
import { guard, LifeguardError, stats, unguard } from '../../../../packages/guard/dist/index.js';

const connectionString = process.env['DATABASE_URL'];
const made = new pg.Pool({ connectionString });
console.log('made', stats(made).pool);

const pool = guard(new pg.Pool({ connectionString, max: 1 }), { name: 'orders', handles: 'bare' });
console.log('guarded', stats(pool).pool);
guard(pool, { name: 'orders', handles: 'bare' });
try {
  guard(pool, { name: 'others' });
} catch (error) {
  console.log('other options', error instanceof LifeguardError ? error.code : error);
}
const client = await pool.connect();
console.log('bare', client === Reflect.get(pool, '_clients')[0]);
client.release();

const late = new pg.Pool({ connectionString, max: 1 });
const held = await late.connect();
guard(late, { name: 'late' });
console.log('while one is lent', stats(late).pool, stats(late).active);
held.release();
guard(late, { name: 'late' });
console.log('when none is lent', stats(late).pool);

const plain = unguard(new pg.Pool({ connectionString }));
console.log('restored', Object.hasOwn(plain, 'connect'));
await Promise.all([pool.end(), late.end()]);
