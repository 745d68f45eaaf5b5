import pg from 'pg';
import { DataSource } from 'typeorm';

const url = process.env.DATABASE_URL ?? 'postgres://localhost/orders';

export const pool = new pg.Pool({ connectionString: url, max: 10, connectionTimeoutMillis: 5_000 });
pool.on('error', (error) => console.error('An idle connection broke:', error.message));

export const dataSource = new DataSource({ type: 'postgres', url, poolSize: 3, connectTimeoutMS: 5_000 });
