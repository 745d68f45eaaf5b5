'use strict';

const { Pool } = require('pg');

const pool = new Pool({ connectionString: process.env['DATABASE_URL'], max: 1 });
pool.connect((_error, leaked) => { // leaks
  leaked.query('SELECT 1', () => pool.query('SELECT 1 AS one', (_failed, { rows }) => {
    console.log(rows);
    pool.end();
  }));
});
