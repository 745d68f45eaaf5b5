import type { Driver } from '../driver.ts';

/** Prisma's client: everything is a scope; transactions are bounded by default. */
export const prisma = {
  name: 'prisma',
  packages: [{ module: '@prisma/client', versions: '>=6.0.0 <8' }],
  types: {
    PrismaClient: { role: 'pool', ends: ['$disconnect'] },
    TransactionClient: { role: 'transaction', aliases: ['Prisma.TransactionClient'] },
  },
  makers: [{ export: 'PrismaClient', how: 'new', gives: 'PrismaClient' }],
  members: [{ of: 'PrismaClient', name: '$extends', how: 'call', gives: 'PrismaClient' }],
  acquires: [],
  scopes: [
    { of: 'PrismaClient', method: '$transaction', callback: 0, lends: 'TransactionClient' },
    { of: 'PrismaClient', method: '$queryRaw' },
    { of: 'PrismaClient', method: '$queryRawUnsafe' },
    { of: 'PrismaClient', method: '$executeRaw' },
    { of: 'PrismaClient', method: '$executeRawUnsafe' },
  ],
  waits: [
    { maker: 'PrismaClient', option: 'transactionOptions.maxWait', argument: 0, defaultMs: 2_000 },
  ],
  statementTimeouts: [
    {
      maker: 'PrismaClient',
      option: 'transactionOptions.timeout',
      argument: 0,
      defaultMs: 5_000,
      cancels: 'driver',
    },
  ],
  pings: [{ of: 'PrismaClient', method: '$queryRawUnsafe', query: 'SELECT 1', settles: 'promise' }],
  fatal: [
    { code: 'P1001', means: 'closed' },
    { code: 'P1002', means: 'closed' },
    { code: 'P1008', means: 'closed' },
    { code: 'P1017', means: 'closed' },
  ],
  native: [
    {
      option: 'transactionOptions.maxWait',
      does: 'Bounds the wait for a transaction, 2 s by default.',
    },
    {
      option: 'transactionOptions.timeout',
      does: 'Ends a transaction after this many ms, 5000 by default.',
    },
  ],
  secrets: ['datasourceUrl', 'datasources', 'accelerateUrl'],
  evidence: [
    {
      fact: 'The adapter for pg wants an instance of its own copy of `pg.Pool`.',
      source: '@prisma/adapter-pg 7.10.1 dist/index.js:796',
    },
  ],
  unproved: [
    'All of the exports of `@prisma/client`, which are generated per project: `PrismaClient` and `TransactionClient`.',
    'That the codes `P1001`, `P1002`, `P1008` and `P1017` mean a lost connection.',
  ],
} as const satisfies Driver;
