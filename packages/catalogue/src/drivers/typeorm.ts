import type { Driver } from '../driver.ts';

/** typeorm: query runners, and the functions of 0.2 and 0.3 that 1.0 took away. */
export const typeorm = {
  name: 'typeorm',
  packages: [{ module: 'typeorm', versions: '^0.3.0 || ^1.0.0' }],
  types: {
    DataSource: { role: 'pool', aliases: ['Connection'], ends: ['destroy', 'close'] },
    EntityManager: { role: 'other' },
    Repository: { role: 'other', aliases: ['TreeRepository'] },
    QueryRunner: {
      role: 'connection',
      releases: [{ on: 'resource', method: 'release', settles: 'promise', twice: 'unknown' }],
      disposes: { async: 'commit' },
      operations: [
        'connect', 'query', 'startTransaction', 'commitTransaction', 'rollbackTransaction',
        'stream',
      ],
      usableAfterRelease: ['isReleased', 'isTransactionActive', 'data', 'dataSource'],
      endedWhen: ['isReleased'],
    },
    SelectQueryBuilder: {
      role: 'other',
      chains: [
        'select', 'addSelect', 'from', 'where', 'andWhere', 'orWhere', 'orderBy', 'leftJoin',
        'innerJoin', 'limit', 'take', 'skip',
      ],
    },
    ReadStream: {
      role: 'stream',
      modules: [],
      releases: [{ on: 'resource', method: 'destroy', settles: 'sync', twice: 'ignored' }],
      disposes: { async: 'release' },
      consumedByIteration: true,
    },
  },
  makers: [
    { export: 'DataSource', how: 'new', gives: 'DataSource' },
    { export: 'Connection', how: 'new', gives: 'DataSource', versions: '<1.0.0' },
    { export: 'createConnection', how: 'await', gives: 'DataSource', versions: '<1.0.0' },
    { export: 'getConnection', how: 'call', gives: 'DataSource', versions: '<1.0.0' },
    { export: 'getManager', how: 'call', gives: 'EntityManager', versions: '<1.0.0' },
    { export: 'getRepository', how: 'call', gives: 'Repository', versions: '<1.0.0' },
  ],
  members: [
    { of: 'DataSource', name: 'initialize', how: 'await', gives: 'DataSource' },
    { of: 'DataSource', name: 'manager', how: 'get', gives: 'EntityManager' },
    { of: 'DataSource', name: 'getRepository', how: 'call', gives: 'Repository' },
    { of: 'DataSource', name: 'createQueryBuilder', how: 'call', gives: 'SelectQueryBuilder' },
    { of: 'EntityManager', name: 'connection', how: 'get', gives: 'DataSource' },
    {
      of: 'EntityManager',
      name: 'dataSource',
      how: 'get',
      gives: 'DataSource',
      versions: '>=1.0.0',
    },
    { of: 'EntityManager', name: 'queryRunner', how: 'get', gives: 'QueryRunner' },
    { of: 'EntityManager', name: 'getRepository', how: 'call', gives: 'Repository' },
    { of: 'EntityManager', name: 'createQueryBuilder', how: 'call', gives: 'SelectQueryBuilder' },
    { of: 'Repository', name: 'manager', how: 'get', gives: 'EntityManager' },
    { of: 'Repository', name: 'createQueryBuilder', how: 'call', gives: 'SelectQueryBuilder' },
    { of: 'QueryRunner', name: 'manager', how: 'get', gives: 'EntityManager' },
    { of: 'QueryRunner', name: 'dataSource', how: 'get', gives: 'DataSource', versions: '>=1.0.0' },
    { of: 'QueryRunner', name: 'connection', how: 'get', gives: 'DataSource' },
  ],
  acquires: [
    {
      of: 'DataSource',
      method: 'createQueryRunner',
      arrives: 'return',
      gives: 'QueryRunner',
      lazy: true,
    },
    {
      of: 'SelectQueryBuilder',
      method: 'stream',
      arrives: 'promise',
      gives: 'ReadStream',
      proofOnly: true,
    },
    {
      of: 'QueryRunner',
      method: 'stream',
      arrives: 'promise',
      gives: 'ReadStream',
      proofOnly: true,
    },
  ],
  scopes: [
    { of: 'DataSource', method: 'transaction', callback: -1, lends: 'EntityManager' },
    { of: 'EntityManager', method: 'transaction', callback: -1, lends: 'EntityManager' },
    { of: 'DataSource', method: 'query' },
    { of: 'EntityManager', method: 'query' },
    { of: 'Repository', method: 'query' },
  ],
  pings: [{ of: 'QueryRunner', method: 'query', query: 'SELECT 1', settles: 'promise' }],
  gauges: [{ of: 'QueryRunner', transaction: 'isTransactionActive' }],
  native: [
    { option: 'poolSize', does: 'The size of the driver\'s pool.' },
    {
      option: 'connectTimeoutMS',
      does: 'For postgres the driver\'s `connectionTimeoutMillis`: how long an acquire waits.',
    },
    { option: 'maxQueryExecutionTime', does: 'Logs a slow query.' },
  ],
  secrets: ['password', 'url', 'ssl', 'extra'],
  evidence: [
    {
      fact: '`await using` commits an open transaction, then releases.',
      source: 'typeorm 1.1.1 query-runner/BaseQueryRunner.js:60',
    },
    {
      fact: 'A release before `connect()` has settled loses the connection.',
      source: 'typeorm 1.1.1 driver/postgres/PostgresQueryRunner.js:93',
    },
    {
      fact: 'With MySQL a second `release()` may free the connection of another owner.',
      source: 'typeorm 1.1.1 driver/mysql/MysqlQueryRunner.js:73',
    },
  ],
  unproved: [
    'How these lend, which was read in the source: `SelectQueryBuilder.stream()`, `QueryRunner.stream()`.',
    'What a second `QueryRunner.release` does: it is ignored with PostgreSQL, and with MySQL it may free the connection of another owner.',
    'What `ReadStream.destroy` does, and a second one.',
    '`DataSource.close`, which 1.0 has no more.',
    'The legacy functions of versions before 1.0.',
  ],
} as const satisfies Driver;
