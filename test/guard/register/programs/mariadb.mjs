import { createPool } from 'mariadb';

const { hostname: host, port, username: user, password, pathname } = new URL(process.env['MYSQL_URL'] ?? '');
const pool = createPool({ host, port: Number(port), user, password, database: pathname.slice(1), connectionLimit: 1 });
await pool.getConnection(); // leaks
await pool.query('SELECT 1');
await pool.end();
