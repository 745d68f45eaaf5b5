import mysql from 'mysql2';
import { Pool } from 'pg';
import { DataSource } from 'typeorm';

export const pool = new Pool({
  connectionString: process.env.DATABASE_URL,
  max: 10,
});

export const legacy = mysql.createPool({
  host: process.env.LEGACY_HOST,
  user: process.env.LEGACY_USER,
  password: process.env.LEGACY_PASSWORD,
  database: 'warehouse',
  connectionLimit: 5,
});

export const dataSource = new DataSource({
  type: 'postgres',
  url: process.env.DATABASE_URL,
  entities: [],
});
