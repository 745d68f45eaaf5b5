'use strict';

const mysql2 = require('mysql2');
const { Pool } = require('pg');

async function run() {
  const pool = new Pool({ connectionString: process.env.DATABASE_URL, max: 1 });
  await pool.connect(); // leaks
  await pool.query('SELECT 1');
  await pool.end();
  const other = mysql2.createPool({ uri: process.env.MYSQL_URL, connectionLimit: 1 }).promise();
  await other.query('SELECT 1');
  await other.end();
}

void run();
