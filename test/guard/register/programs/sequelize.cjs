'use strict';

const { Sequelize } = require('sequelize');

async function run() {
  const sequelize = new Sequelize(process.env.DATABASE_URL, { pool: { max: 1 }, logging: false });
  await sequelize.transaction(); // leaks
  await sequelize.query('SELECT 1');
  await sequelize.close();
}

void run();
