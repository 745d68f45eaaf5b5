/** What a known package exports that makes pools, by its modules; `default` is the module itself. */
export type Makers = Readonly<Record<string, readonly string[]>>;

/**
 * The modules whose pools are guarded as they are made.
 *
 * Written down and not read from the catalogue, so that a program without a database does not load
 * it. A test compares the two.
 */
const ours: Makers = {
  'generic-pool': ['createPool'],
  knex: ['default', 'knex'],
  'lightning-pool': ['Pool', 'createPool'],
  mariadb: ['createPool', 'createPoolCluster'],
  'mariadb/callback': ['createPool', 'createPoolCluster'],
  mysql: ['createPool', 'createPoolCluster'],
  mysql2: ['createPool', 'createPoolPromise', 'createPoolCluster'],
  'mysql2/promise': ['createPool', 'createPoolCluster'],
  pg: ['Pool', 'native.Pool'],
  'pg-pool': ['default'],
  sequelize: ['Sequelize', 'default'],
  tarn: ['Pool'],
};

const modules = new Map<string, readonly string[]>();
const packages = new Set<string>();

/** Makes packages known: ours, and those of a configuration. */
export function know(makers: Makers): void {
  for (const [module, names] of Object.entries(makers)) {
    modules.set(module, names);
    packages.add(packageOf(module));
  }
}
know(ours);

/** Every known module with what it exports that makes pools. */
export function knownMakers(): Makers {
  return Object.fromEntries(modules);
}

/** The known modules of a package. */
export function modulesOf(name: string): readonly string[] {
  return [...modules.keys()].filter((module) => packageOf(module) === name);
}

/** A known package as it is installed; there may be several copies of one. */
export interface Installed {
  readonly name: string;
  /** Its folder, with the separator at its end. */
  readonly root: string;
}

/** The known package that a file or a URL belongs to, by the innermost `node_modules` it is in. */
export function installedOf(file: string, separator: string): Installed | undefined {
  const folder = `${separator}node_modules${separator}`;
  const at = file.lastIndexOf(folder);
  if (at === -1) return undefined;
  const start = at + folder.length;
  const first = file.indexOf(separator, start);
  const end = file[start] === '@' ? file.indexOf(separator, first + 1) : first;
  if (end === -1) return undefined;
  const name = file.slice(start, end).replace('\\', '/');
  return packages.has(name) ? { name, root: file.slice(0, end + 1) } : undefined;
}

/** The package that an import names: `mysql2` of `mysql2/promise`. */
function packageOf(specifier: string): string {
  return specifier.split('/', specifier.startsWith('@') ? 2 : 1).join('/');
}
