import { guard } from '@lifeguard/guard';
import { logger } from '@lifeguard/guard/logger';
import type { TypeOrmModuleAsyncOptions } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { Order, Product } from './order.entity.ts';

logger();

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
    // Before it is initialised, it has no pool.
    const source = await new DataSource(options).initialize();
    return guard(source, { name: 'orders', reclaim: { scopeEnded: 'destroy', onlyWhenExhausted: true } });
  },
};
