'use strict';

const mariadb = require('mariadb');

async function run() {
  const { hostname: host, port, username: user, password } = new URL(process.env.MYSQL_URL);
  const pool = mariadb.createPool({ host, port: Number(port), user, password, connectionLimit: 1 });
  await pool.getConnection(); // leaks
  await pool.query('SELECT 1');
  await pool.end();
}

void run();
