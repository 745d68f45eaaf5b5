// @ts-nocheck A method of a class in JavaScript has no overloads.
import { Pool } from 'pg';

class Orders extends Pool {
  async connect(...args) {
    return super.connect(...args);
  }
}

const pool = new Orders({ connectionString: process.env['DATABASE_URL'], max: 1 });
if (!(pool instanceof Pool) || pool.constructor !== Orders) throw new Error('no subclass');
await pool.connect(); // leaks
await pool.query('SELECT 1');
await pool.end();
