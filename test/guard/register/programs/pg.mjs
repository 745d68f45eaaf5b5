import pg from 'pg';

const pool = new pg.Pool({ connectionString: process.env['DATABASE_URL'], max: 1 });
await pool.connect(); // leaks
const { rows } = await pool.query('SELECT 1 AS one');
console.log(rows);
await pool.end();
