import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** The sources of every package judged here, below it; other builds of them are left out. */
const sources: Readonly<Record<string, readonly string[]>> = {
  '@auth/pg-adapter': ['index.js'],
  '@databases/pg': ['lib'],
  '@fastify/mysql': ['index.js'],
  '@fastify/postgres': ['index.js', 'lib'],
  '@keyv/mysql': ['dist/*.js'],
  '@keyv/postgres': ['dist/*.js'],
  '@mikro-orm/sql': ['**/*.js'],
  '@prisma/adapter-mariadb': ['dist/index.js'],
  '@prisma/adapter-pg': ['dist/index.js'],
  'connect-pg-simple': ['index.js'],
  'drizzle-orm': ['**/*.js'],
  'express-mysql-session': ['index.js'],
  'graphile-migrate': ['dist'],
  'graphile-worker': ['dist'],
  knex: ['lib'],
  kysely: ['dist/esm'],
  'loopback-connector-mysql': ['lib'],
  'loopback-connector-postgresql': ['lib'],
  massive: ['lib'],
  mysql2: ['lib', 'index.js', 'promise.js'],
  'node-pg-migrate': ['dist/bundle'],
  'pg-boss': ['src'],
  'pg-pool': ['index.js'],
  'pg-promise': ['lib'],
  postgrator: ['lib', 'postgrator.js'],
  'postgres-migrations': ['dist'],
  pqb: ['dist/*.mjs'],
  'rate-limiter-flexible': ['lib', 'index.js'],
  sequelize: ['lib'],
  slonik: ['src'],
  typeorm: ['!(browser)/**/*.js'],
  'typeorm-extension': ['dist/*.mjs'],
  umzug: ['lib'],
};

/** A published package that is installed here. */
export interface Published {
  readonly name: string;
  readonly version: string;
  /** The `node_modules` folder it is in. */
  readonly modules: string;
  /** What to lint, from there. */
  readonly paths: readonly string[];
}

const places = ['../../node_modules', '../../packages/cli/node_modules'].map((place) =>
  fileURLToPath(new URL(place, import.meta.url)),
);

/** Every package judged here, by name. */
export const published: readonly Published[] = Object.entries(sources).map(([name, files]) => {
  const modules = places.find((place) => existsSync(path.join(place, name)));
  if (modules === undefined) throw new Error(`${name} is not installed`);
  const manifest = JSON.parse(readFileSync(path.join(modules, name, 'package.json'), 'utf8')) as {
    readonly version: string;
  };
  const paths = files.map((file) => `${name}/${file}`);
  return { name, version: manifest.version, modules, paths };
});
