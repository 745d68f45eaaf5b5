import { createPool } from 'mysql2';

const pool = createPool({ uri: process.env['MYSQL_URL'] ?? '', connectionLimit: 1 }).promise();
await pool.getConnection(); // leaks
await pool.query('SELECT 1');
await pool.end();
