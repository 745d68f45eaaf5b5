import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { installedOf, knownMakers, modulesOf } from './packages.ts';

/** What Node's `load` hooks answer, as far as it is needed here. */
export interface Loaded {
  readonly format?: string | null | undefined;
  readonly source?: unknown;
}

/**
 * The source of a module that makes pools, with its makers wrapped at its end; what is no such
 * module comes back as it is.
 *
 * The exports of a module can be replaced by nobody but itself: a function or class that it declares
 * is a variable there. Where it is a constant, the assignment fails and the maker stays as it was.
 */
export function wrapped<L extends Loaded>(url: string, loaded: L): L {
  const file = url.replace(/[?#].*$/u, '');
  if (loaded.format !== 'module' || installedOf(file, '/') === undefined) return loaded;
  const module = moduleOf(file);
  const source = textOf(loaded.source);
  if (module === undefined || source === undefined) return loaded;
  return { ...loaded, source: withWrapped(module, source) };
}

const named = /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u;

function withWrapped(module: string, source: string): string {
  const names = (knownMakers()[module] ?? []).filter((name) => name !== 'default' && named.test(name));
  const wraps = names.map((name) => `try { ${name} = wrap(${JSON.stringify(module)}, ${JSON.stringify(name)}, ${name}); } catch {}`);
  const parts = source.split(/^export default (?=\{)/mu);
  const hasDefault = parts.length === 2;
  const all = hasDefault ? [...wraps, `try { wrap(${JSON.stringify(module)}, undefined, lifeguard$default); } catch {}`] : wraps;
  const exported = hasDefault ? '\nexport { lifeguard$default as default };' : '';
  const text = hasDefault ? parts.join('const lifeguard$default = ') : source;
  return `${text}${exported}\n{ const wrap = globalThis[Symbol.for('@lifeguard/guard.wrap')]; if (wrap !== undefined) { ${all.join(' ')} } }\n`;
}

const entries = new Map<string, ReadonlyMap<string, string>>();

/** The known module that a file is when it is imported. */
function moduleOf(file: string): string | undefined {
  const installed = installedOf(file, '/');
  if (installed === undefined) return undefined;
  let all = entries.get(installed.root);
  if (all === undefined) entries.set(installed.root, (all = entriesOf(installed.name, installed.root)));
  return all.get(file);
}

function entriesOf(name: string, root: string): ReadonlyMap<string, string> {
  try {
    const { exports } = JSON.parse(readFileSync(fileURLToPath(`${root}package.json`), 'utf8')) as { readonly exports?: unknown };
    const found = modulesOf(name).map((module) => [importedFrom(exports, `.${module.slice(name.length)}`), module] as const);
    return new Map(found.flatMap(([path, module]) => (path === undefined ? [] : [[new URL(path, root).href, module]])));
  } catch {
    return new Map();
  }
}

/** What `import` finds in the `exports` of a package. */
function importedFrom(exports: unknown, subpath: string): string | undefined {
  if (typeof exports === 'string') return subpath === '.' ? exports : undefined;
  if (typeof exports !== 'object' || exports === null) return undefined;
  const isByPath = Object.keys(exports).some((key) => key.startsWith('.'));
  return underConditions(isByPath ? Reflect.get(exports, subpath) : subpath === '.' ? exports : undefined);
}

function underConditions(target: unknown): string | undefined {
  if (typeof target === 'string') return target;
  if (typeof target !== 'object' || target === null) return undefined;
  for (const [condition, inner] of Object.entries(target)) {
    if (['node', 'import', 'module-sync', 'default'].includes(condition)) return underConditions(inner);
  }
  return undefined;
}

function textOf(source: unknown): string | undefined {
  if (typeof source === 'string') return source;
  return source instanceof Uint8Array || source instanceof ArrayBuffer ? new TextDecoder().decode(source) : undefined;
}
