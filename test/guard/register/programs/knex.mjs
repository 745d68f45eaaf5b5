import knex from 'knex';

const database = knex({ client: 'pg', connection: process.env['DATABASE_URL'] ?? '', pool: { min: 0, max: 1 } });
await database.transaction(); // leaks
await database.raw('SELECT 1');
await database.destroy();
