import Module from 'node:module';
import { sep } from 'node:path';
import { installedOf, type Installed } from './packages.ts';

/** A CommonJS module, whose exports may be replaced. */
export interface Exporting {
  exports: unknown;
}

/** Is told of a file of a known package that has just run. */
export type Ran = (module: Exporting, file: string, installed: Installed) => void;

/**
 * Calls for every CommonJS file of a known package when it has run and nobody has its exports yet,
 * however it is loaded: by `require`, or by an `import`, for which Node calls the same methods. Then
 * for those that were loaded before. For one file it may call twice.
 *
 * Instrumentations wrap `Module.prototype.require`, which stands before it.
 */
export function watchCommonJs(ran: Ran): void {
  // `load` keeps what an `import` will see as soon as the file is compiled; a cache of compiled code
  // may replace `_compile`.
  after('_compile', 1, ran);
  after('load', 0, ran);
  for (const [file, module] of Object.entries(Module.createRequire(import.meta.url).cache)) {
    const installed = installedOf(file, sep);
    if (installed !== undefined && module?.loaded === true) ran(module, file, installed);
  }
}

function after(method: string, position: number, ran: Ran): void {
  const original: unknown = Reflect.get(Module.prototype, method);
  if (typeof original !== 'function') return;
  Reflect.set(Module.prototype, method, function (this: Exporting, ...args: unknown[]): unknown {
    const result: unknown = Reflect.apply(original, this, args);
    const file = args[position];
    const installed = typeof file === 'string' ? installedOf(file, sep) : undefined;
    if (installed !== undefined && typeof file === 'string') ran(this, file, installed);
    return result;
  });
}
