import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { diskEpoch, stampOf } from './disk.ts';

/** The paths that a specifier may stand for; none where the project gives it no meaning. */
export type Aliases = (specifier: string) => readonly string[];

interface Known {
  readonly stamp: string;
  readonly aliases: Aliases | undefined;
}

const require = createRequire(import.meta.url);
const configNames = ['tsconfig.json', 'jsconfig.json'];
const byConfig = new Map<string, Known>();
let byFolder = new Map<string, Aliases | undefined>();
let epoch: object | undefined;

/** The `paths` and `baseUrl` that TypeScript's configuration for a folder has: of the nearest `tsconfig.json` or `jsconfig.json`. */
export function aliasesFor(folder: string): Aliases | undefined {
  if (epoch !== diskEpoch()) {
    epoch = diskEpoch();
    byFolder = new Map();
  }
  if (byFolder.has(folder)) return byFolder.get(folder);
  const config = configNames.map((name) => join(folder, name)).find((path) => stampOf(path) !== undefined);
  const above = dirname(folder);
  const aliases = config !== undefined ? aliasesIn(config) : above === folder ? undefined : aliasesFor(above);
  byFolder.set(folder, aliases);
  return aliases;
}

function aliasesIn(config: string): Aliases | undefined {
  const stamp = stampOf(config) ?? '';
  const known = byConfig.get(config);
  if (known?.stamp === stamp) return known.aliases;
  const aliases = readAliases(config);
  byConfig.set(config, { stamp, aliases });
  return aliases;
}

function readAliases(config: string): Aliases | undefined {
  // `require` cannot say what it gives; loaded only where a project has such a file.
  const { createPathsMatcher, parseTsconfig } = require('get-tsconfig') as typeof import('get-tsconfig');
  try {
    const parsed = parseTsconfig(config);
    const { compilerOptions = {}, references = [] } = parsed;
    if (compilerOptions.paths === undefined && compilerOptions.baseUrl === undefined) {
      // What only refers to the configurations of an application and of its tools has none itself.
      const [first] = references.flatMap(({ path }) => referred(resolve(dirname(config), path)));
      return first;
    }
    return createPathsMatcher({ path: config, config: parsed }) ?? undefined;
  } catch {
    // Not to be read, or it extends what is not installed: names mean nothing then.
    return undefined;
  }
}

function referred(path: string): readonly Aliases[] {
  const config = path.endsWith('.json') ? path : join(path, 'tsconfig.json');
  const aliases = stampOf(config) === undefined ? undefined : aliasesIn(config);
  return aliases === undefined ? [] : [aliases];
}
