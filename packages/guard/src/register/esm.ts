import { existsSync } from 'node:fs';
import Module from 'node:module';
import { dirname, join } from 'node:path';
import { upwards } from './config-file.ts';
import type * as Source from './esm-source.ts';
import { knownMakers } from './packages.ts';

/** The name under which a module that was written as ESM finds who wraps its makers. */
const wrapKey = Symbol.for('@lifeguard/guard.wrap');

/** Gives what is to stand in the place of a maker; without a name, mends the object it gets. */
export type Wrap = (module: string, name: string | undefined, value: unknown) => unknown;

/** Of the packages known from the start, those that are ESM when they are imported. */
const written = ['lightning-pool', 'mariadb'];

type Hook = (url: string, context: unknown, next: (url: string, context: unknown) => Source.Loaded) => Source.Loaded;

/** What the hooks are made of, which is loaded when it is needed. */
export interface Hooks {
  /** For the same thread. */
  readonly source: () => typeof Source;
  /** For a thread of their own. */
  readonly loader: URL;
}

/**
 * Has the makers of modules wrapped that are written as ESM, which no `require` sees.
 *
 * Node has hooks for it in the same thread from 22.15 on. Before, they run in a thread of their own,
 * which takes its time to start: there they are installed only where such a package is in reach.
 *
 * @param more - Packages of a configuration are to be watched, of which nothing is known.
 */
export function watchModules(wrap: Wrap, hooks: Hooks, more: boolean): void {
  Object.defineProperty(globalThis, wrapKey, { value: wrap, configurable: true });
  if (!more && !written.some(isInReach)) return;
  const registerHooks: unknown = Reflect.get(Module, 'registerHooks');
  if (typeof registerHooks === 'function') {
    const { wrapped } = hooks.source();
    const load: Hook = (url, context, next) => wrapped(url, next(url, context));
    Reflect.apply(registerHooks, Module, [{ load }]);
  } else {
    Module.register(hooks.loader, { data: knownMakers() });
  }
}

/** Is a package installed where the program, or a package of it, would find it? */
function isInReach(name: string): boolean {
  if (process.versions['pnp'] !== undefined) return true;
  const starts = [process.cwd(), ...(process.argv[1] === undefined ? [] : [dirname(process.argv[1])])];
  return [...new Set(starts.flatMap(upwards))].some((folder) => {
    const modules = join(folder, 'node_modules');
    return existsSync(join(modules, name)) || existsSync(join(modules, '.pnpm/node_modules', name));
  });
}
