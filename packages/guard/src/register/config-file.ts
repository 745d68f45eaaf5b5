import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';

const names = ['lifeguard.config.js', 'lifeguard.config.mjs', 'lifeguard.config.cjs'];

/**
 * The configuration of the program: `LIFEGUARD_CONFIG`, or the nearest file from the working
 * directory up to the folder of its package.
 */
export function findConfig(): string | undefined {
  const given = process.env['LIFEGUARD_CONFIG']?.trim();
  if (given === 'off') return undefined;
  if (given !== undefined && given !== '') return resolve(given);
  for (const folder of upwards(process.cwd())) {
    const found = names.map((name) => join(folder, name)).find((file) => existsSync(file));
    if (found !== undefined || existsSync(join(folder, 'package.json'))) return found;
  }
  return undefined;
}

/**
 * May it describe drivers, whose packages are to be known before the program loads one? Whatever else
 * it says can wait until there is a pool.
 */
export function mayDescribeDrivers(file: string): boolean {
  try {
    return /\bdrivers\b/u.test(readFileSync(file, 'utf8'));
  } catch {
    return false;
  }
}

/**
 * What a file of configuration exports.
 *
 * @throws Whatever loading it throws; where it awaits at its top level, `ERR_REQUIRE_ASYNC_MODULE`.
 */
export function loadConfig(file: string): unknown {
  const exported: unknown = createRequire(import.meta.url)(file);
  if (typeof exported !== 'object' || exported === null || !('default' in exported)) return exported;
  return exported.default;
}

/** A folder and all that it is in. */
export function upwards(folder: string): readonly string[] {
  const above = dirname(folder);
  return above === folder ? [folder] : [folder, ...upwards(above)];
}
