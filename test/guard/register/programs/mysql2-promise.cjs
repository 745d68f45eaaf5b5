'use strict';

const mysql = require('mysql2/promise');

async function run() {
  const pool = mysql.createPool({ uri: process.env.MYSQL_URL, connectionLimit: 1 });
  await pool.getConnection(); // leaks
  await pool.query('SELECT 1');
  await pool.end();
}

void run();
