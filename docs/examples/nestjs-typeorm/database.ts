import { guard } from '@lifeguard/guard';
import { logger } from '@lifeguard/guard/logger';
import type { TypeOrmModuleAsyncOptions } from '@nestjs/typeorm';
import type { Pool } from 'pg';
import { DataSource } from 'typeorm';
import { PostgresDriver } from 'typeorm/driver/postgres/PostgresDriver.js';
import { Order, Product } from './order.entity.ts';

logger();

/** The pool of pg that stands under a data source, there once it is initialised. */
export function poolOf({ driver }: DataSource): Pool {
  if (!(driver instanceof PostgresDriver)) throw new TypeError('This data source is not one of PostgreSQL.');
  return driver.master;
}

/** Where the server is, `PGHOST` and its like say. */
export const database: TypeOrmModuleAsyncOptions = {
  useFactory: () => ({
    type: 'postgres',
    entities: [Order, Product],
    poolSize: 10,
    connectTimeoutMS: 5000,
    poolErrorHandler: (error: Error) => console.error('An idle connection broke:', error.message),
  }),
  dataSourceFactory: async (options) => {
    if (options === undefined) throw new TypeError('There are no options.');
    const source = await new DataSource(options).initialize();
    guard(poolOf(source), { name: 'orders', reclaim: { scopeEnded: 'destroy', onlyWhenExhausted: true } });
    return source;
  },
};
