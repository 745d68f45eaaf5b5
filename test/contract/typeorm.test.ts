import { DataSource, EntitySchema } from 'typeorm';
import { afterAll } from 'vitest';
import { typeorm as record } from '../../packages/catalogue/src/drivers/typeorm.ts';
import { contract } from './contract.ts';
import { Readable } from 'node:stream';

const source = new DataSource({ type: 'postgres', host: '127.0.0.1', port: 1 });
const entity = new EntitySchema<{ id: number }>({ name: 'thing', columns: { id: { type: Number, primary: true } } });
const runner = source.createQueryRunner();
afterAll(() => runner.release());

contract(record, {
  types: {
    DataSource: () => source,
    EntityManager: () => source.createEntityManager(runner),
    QueryRunner: () => runner,
    Repository: () => source.createEntityManager(runner).getRepository(entity),
    SelectQueryBuilder: () => source.createQueryBuilder(),
    ReadStream: () => new Readable(),
  },
  arrivals: {
    'DataSource.createQueryRunner return QueryRunner': () => Promise.resolve(runner),
  },
});
