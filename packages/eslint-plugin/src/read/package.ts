import { realpathSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { diskEpoch, stampOf, textOf } from './disk.ts';

/** What a `package.json` says of the files of its own package and of those it is linked to. */
interface Package {
  readonly folder: string;
  /** Names for its own files, `#db`, with the paths they stand for. */
  readonly imports: ReadonlyMap<string, readonly string[]>;
  /** Packages of the same workspace that it depends on. */
  readonly linked: ReadonlySet<string>;
  /** What is meant by the package as a whole, from what a bundler asks for to what an old Node.js does. */
  readonly entries: readonly string[];
}

const parsed = new Map<string, { readonly stamp: string; readonly found: Package | undefined }>();
let around = new Map<string, Package | undefined>();
let epoch: object | undefined;

/** May a specifier be one that a `package.json` gives a meaning in the project? Asked of every import. */
export function isOfPackage(specifier: string, folder: string): boolean {
  if (specifier.startsWith('.')) return false;
  const own = packageAround(folder);
  return own !== undefined && (specifier.startsWith('#') ? own.imports.size > 0 : own.linked.has(specifier));
}

/** The paths that a name of the package around a folder, or another package of its workspace, may stand for. */
export function pathsOfPackage(specifier: string, folder: string): readonly string[] {
  const own = packageAround(folder);
  if (own === undefined) return [];
  if (!specifier.startsWith('#')) return own.linked.has(specifier) ? linkedPaths(specifier, own) : [];
  return [...own.imports].flatMap(([name, targets]) => {
    const [start = '', end = ''] = name.split('*');
    const isMatch = name.includes('*') ? specifier.length > start.length + end.length && specifier.startsWith(start) && specifier.endsWith(end) : specifier === name;
    const part = specifier.slice(start.length, specifier.length - end.length);
    return isMatch ? targets.map((target) => resolve(own.folder, target.replaceAll('*', () => part))) : [];
  });
}

/** The files that a folder stands for by its own `package.json`. */
export function entriesOf(folder: string): readonly string[] {
  return packageIn(folder)?.entries.map((entry) => resolve(folder, entry)) ?? [];
}

/** Where a package of the workspace is, as its installed link tells. */
function linkedPaths(specifier: string, own: Package): readonly string[] {
  for (let folder = own.folder; ; folder = dirname(folder)) {
    try {
      const path = realpathSync(join(folder, 'node_modules', specifier));
      return path.includes('node_modules') ? [] : [path, join(path, 'src')];
    } catch {
      // Not linked here.
    }
    if (dirname(folder) === folder) return [];
  }
}

function packageAround(folder: string): Package | undefined {
  if (epoch !== diskEpoch()) {
    epoch = diskEpoch();
    around = new Map();
  }
  if (around.has(folder)) return around.get(folder);
  const above = dirname(folder);
  const found = packageIn(folder) ?? (above === folder ? undefined : packageAround(above));
  around.set(folder, found);
  return found;
}

function packageIn(folder: string): Package | undefined {
  const path = join(folder, 'package.json');
  const stamp = stampOf(path);
  if (stamp === undefined) return undefined;
  const known = parsed.get(path);
  if (known?.stamp === stamp) return known.found;
  const found = readPackage(folder, textOf(path) ?? '');
  parsed.set(path, { stamp, found });
  return found;
}

function readPackage(folder: string, text: string): Package | undefined {
  let said: unknown;
  try {
    said = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (!isRecord(said)) return undefined;
  const imports = isRecord(said['imports']) ? Object.entries(said['imports']).map(([name, target]) => [name, targetsIn(target)] as const) : [];
  const exported = isRecord(said['exports']) && '.' in said['exports'] ? said['exports']['.'] : said['exports'];
  const entries = [said['source'], said['module'], said['main'], said['types']].filter((entry) => typeof entry === 'string');
  return { folder, imports: new Map(imports), linked: linkedIn(said), entries: [...targetsIn(exported), ...entries] };
}

/** The files of the package in a target of `imports` or `exports`, under whatever conditions. */
function targetsIn(target: unknown): readonly string[] {
  if (typeof target === 'string') return target.startsWith('./') ? [target] : [];
  if (Array.isArray(target)) return target.flatMap(targetsIn);
  return isRecord(target) ? Object.entries(target).flatMap(([name, inner]) => (name.startsWith('.') ? [] : targetsIn(inner))) : [];
}

function linkedIn(said: Readonly<Record<string, unknown>>): ReadonlySet<string> {
  const linked = new Set<string>();
  for (const field of ['dependencies', 'devDependencies', 'peerDependencies']) {
    const packages = said[field];
    if (!isRecord(packages)) continue;
    for (const [name, version] of Object.entries(packages)) {
      if (typeof version === 'string' && /^(?:workspace:|file:|link:|portal:|\*$)/u.test(version)) linked.add(name);
    }
  }
  return linked;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
