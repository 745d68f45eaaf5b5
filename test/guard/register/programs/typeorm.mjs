import { DataSource } from 'typeorm';

const source = await new DataSource({ type: 'postgres', url: process.env['DATABASE_URL'] ?? '', extra: { max: 1 } }).initialize();
await source.createQueryRunner().connect(); // leaks
await source.query('SELECT 1');
await source.destroy();
