import { describe, expect, it } from 'vitest';
import { requireAcquireTimeout } from '../../packages/eslint-plugin/src/rules/require-acquire-timeout.ts';
import { verify } from './verify.ts';

const pg = `import { Pool } from 'pg';\n`;
const mongo = `import { MongoClient } from 'mongodb';\n`;

describe('require-acquire-timeout', () => {
  it.each([
    ['a pool without options', `${pg}new Pool()`, 'missing@2'],
    ['a pool with other options', `${pg}new Pool({ max: 3 })`, 'missing@2'],
    ['options in a constant', `${pg}const options = { max: 3 };\nnew Pool(options)`, 'missing@3'],
    ['an explicit zero', `${pg}new Pool({ connectionTimeoutMillis: 0 })`, 'zero@2'],
    ['an option that is undefined', `${pg}new Pool({ connectionTimeoutMillis: undefined })`, 'missing@2'],
    ['a generic pool', `import { createPool } from 'generic-pool';\ncreatePool(factory, { max: 3 })`, 'missing@2'],
    ['a client of MongoDB', `${mongo}new MongoClient('mongodb://localhost')`, 'missing@2'],
  ])('reports %s', (_title, code, finding) => {
    expect(verify(requireAcquireTimeout, code)).toEqual([finding]);
  });

  it.each([
    ['a limit', `${pg}new Pool({ connectionTimeoutMillis: 5000 })`],
    ['a limit from elsewhere', `${pg}new Pool({ connectionTimeoutMillis: config.wait })`],
    ['a spread', `${pg}new Pool({ ...defaults, max: 3 })`],
    ['options from elsewhere', `${pg}new Pool(options)`],
    ['options that are added to', `${pg}const o = { max: 3 }; o.connectionTimeoutMillis = 3; new Pool(o)`],
    ['a connection string with the option', `${mongo}new MongoClient('mongodb://h/?waitQueueTimeoutMS=100')`],
    ['a connection string read at run time', `${mongo}new MongoClient(process.env.MONGO_URL)`],
    ['a driver with a limit of its own', `import mariadb from 'mariadb';\nmariadb.createPool({})`],
    ['a driver without the option', `import mysql from 'mysql2';\nmysql.createPool({})`],
    ['a single client', `import { Client } from 'pg';\nnew Client({})`],
  ])('is silent on %s', (_title, code) => {
    expect(verify(requireAcquireTimeout, code)).toEqual([]);
  });

  it('gives other advice where the driver has no option, if asked to', () => {
    const advise = [{ adviseWithoutOption: true }];
    const code = (options: string): string => `import mysql from 'mysql2';\nmysql.createPool(${options})`;
    expect(verify(requireAcquireTimeout, code('{}'), undefined, advise)).toEqual(['noSuchOption@2']);
    expect(verify(requireAcquireTimeout, code('{ queueLimit: 10 }'), undefined, advise)).toEqual([]);
  });
});
