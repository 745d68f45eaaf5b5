import type { Driver } from '../driver.ts';

/** drizzle-orm over pg, mysql2 and postgres: it lends nothing but inside `transaction`. */
export const drizzle = {
  name: 'drizzle',
  packages: [
    { module: 'drizzle-orm/node-postgres', versions: '>=0.44.0 <1.0.0' },
    { module: 'drizzle-orm/mysql2', versions: '>=0.44.0 <1.0.0' },
    { module: 'drizzle-orm/postgres-js', versions: '>=0.44.0 <1.0.0' },
  ],
  types: {
    NodePgDatabase: { role: 'pool', modules: ['drizzle-orm/node-postgres'] },
    MySql2Database: { role: 'pool', modules: ['drizzle-orm/mysql2'] },
    PostgresJsDatabase: { role: 'pool', modules: ['drizzle-orm/postgres-js'] },
    NodePgTransaction: { role: 'transaction', modules: ['drizzle-orm/node-postgres'] },
    MySql2Transaction: { role: 'transaction', modules: ['drizzle-orm/mysql2'] },
    PostgresJsTransaction: { role: 'transaction', modules: ['drizzle-orm/postgres-js'] },
  },
  makers: [
    {
      export: 'drizzle',
      modules: ['drizzle-orm/node-postgres'],
      how: 'call',
      gives: 'NodePgDatabase',
    },
    { export: 'drizzle', modules: ['drizzle-orm/mysql2'], how: 'call', gives: 'MySql2Database' },
    {
      export: 'drizzle',
      modules: ['drizzle-orm/postgres-js'],
      how: 'call',
      gives: 'PostgresJsDatabase',
    },
  ],
  members: [],
  acquires: [],
  scopes: [
    { of: 'NodePgDatabase', method: 'transaction', callback: 0, lends: 'NodePgTransaction' },
    { of: 'NodePgTransaction', method: 'transaction', callback: 0, lends: 'NodePgTransaction' },
    { of: 'NodePgDatabase', method: 'execute' },
    { of: 'MySql2Database', method: 'transaction', callback: 0, lends: 'MySql2Transaction' },
    { of: 'MySql2Transaction', method: 'transaction', callback: 0, lends: 'MySql2Transaction' },
    { of: 'MySql2Database', method: 'execute' },
    {
      of: 'PostgresJsDatabase',
      method: 'transaction',
      callback: 0,
      lends: 'PostgresJsTransaction',
    },
    {
      of: 'PostgresJsTransaction',
      method: 'transaction',
      callback: 0,
      lends: 'PostgresJsTransaction',
    },
    { of: 'PostgresJsDatabase', method: 'execute' },
  ],
  pings: [
    { of: 'NodePgDatabase', method: 'execute', query: 'select 1', settles: 'promise' },
    { of: 'MySql2Database', method: 'execute', query: 'select 1', settles: 'promise' },
    { of: 'PostgresJsDatabase', method: 'execute', query: 'select 1', settles: 'promise' },
  ],
  secrets: ['connection'],
  evidence: [
    {
      fact: '`BEGIN` runs before the `try`: where it is rejected, the connection is lost.',
      source: 'drizzle-orm 0.45.4 node-postgres/session.js:180',
    },
    {
      fact: 'A `for await` over mysql2\'s `.iterator()` that is left early hands on a connection with a paused result.',
      source: 'drizzle-orm 0.45.4 mysql2/session.js',
    },
  ],
  unproved: [],
} as const satisfies Driver;
