import { readFileSync } from 'node:fs';
import path from 'node:path';
import { modulesWith } from '../modules.ts';

/** A published package that uses pools, and which of its files are its sources. */
interface Published {
  readonly name: string;
  /** Folders and globs below the package; builds of the same source for others are left out. */
  readonly sources: readonly string[];
}

const published: readonly Published[] = [
  { name: 'connect-pg-simple', sources: ['index.js'] },
  { name: 'drizzle-orm', sources: ['**/*.js'] },
  { name: 'express-mysql-session', sources: ['index.js'] },
  { name: 'graphile-worker', sources: ['dist'] },
  { name: '@keyv/postgres', sources: ['dist/*.js'] },
  { name: 'knex', sources: ['lib'] },
  { name: 'massive', sources: ['lib'] },
  { name: 'node-pg-migrate', sources: ['dist/bundle'] },
  { name: 'pg-boss', sources: ['src'] },
  { name: 'pg-promise', sources: ['lib'] },
  { name: 'postgres-migrations', sources: ['dist'] },
  { name: 'typeorm', sources: ['!(browser)/**/*.js'] },
  { name: 'umzug', sources: ['lib'] },
];

/** A package that is installed. */
export interface Installed {
  readonly name: string;
  readonly version: string;
  /** The `node_modules` folder it is in. */
  readonly cwd: string;
  /** What to check, from there. */
  readonly paths: readonly string[];
}

/** The packages of the demonstration, and those that are not installed here. */
export function findPackages(): { installed: Installed[]; missing: string[] } {
  const installed: Installed[] = [];
  const missing: string[] = [];
  for (const { name, sources } of published) {
    const cwd = modulesWith(name);
    if (cwd === undefined) {
      missing.push(name);
    } else {
      const paths = sources.map((source) => `${name}/${source}`);
      installed.push({ name, version: versionOf(path.join(cwd, name)), cwd, paths });
    }
  }
  return { installed, missing };
}

function versionOf(folder: string): string {
  const manifest: unknown = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8'));
  const isManifest = typeof manifest === 'object' && manifest !== null && 'version' in manifest;
  return isManifest ? String(manifest.version) : '';
}
