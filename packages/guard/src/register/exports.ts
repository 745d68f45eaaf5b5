import type { Exporting } from './commonjs.ts';

/** Gives what is to stand in the place of a maker. */
export type Replace = (maker: (...args: unknown[]) => unknown) => unknown;

/**
 * Replaces what a module exports under a name, wherever the exports show it: as `default`, too.
 *
 * A getter that can be replaced is a lazy one, which is left alone, because reading it would load
 * what nobody asked for: what mysql2 and pg load then is a maker of its own.
 */
export function replaceExport(module: Exporting, name: string, replace: Replace): void {
  if (name === 'default' && isFunction(module.exports)) {
    const [maker, ours] = [module.exports, replace(module.exports)];
    for (const [key, { value, writable }] of Object.entries(Object.getOwnPropertyDescriptors(maker))) {
      if (value === maker && writable === true) Reflect.set(maker, key, ours);
    }
    module.exports = ours;
    return;
  }
  const { exports } = module;
  if (typeof exports !== 'object' || exports === null) {
    if (isFunction(exports)) replaceMember(exports, name, replace);
    return;
  }
  const found = Object.getOwnPropertyDescriptor(exports, name);
  if (found?.get !== undefined && found.configurable === false) module.exports = copyWith(exports, name, replace);
  else replaceMember(exports, name, replace);
  const standard: unknown = Object.getOwnPropertyDescriptor(exports, 'default')?.value ?? readFixed(exports, 'default');
  if (typeof standard === 'object' && standard !== null) replaceMember(standard, name, replace);
}

/** Replaces a member of an object that can be written. */
export function replaceMember(on: object, name: string, replace: Replace): void {
  const found = Object.getOwnPropertyDescriptor(on, name);
  const maker: unknown = found?.value;
  if (!isFunction(maker)) return;
  if (found?.configurable === true) Object.defineProperty(on, name, { ...found, value: replace(maker) });
  else if (found?.writable === true) Reflect.set(on, name, replace(maker));
}

/** Compilers export by getters that nobody can replace, so that the exports are made anew. */
function copyWith(exports: object, name: string, replace: Replace): object {
  const maker = readFixed(exports, name);
  if (!isFunction(maker)) return exports;
  const value = { value: replace(maker), enumerable: true, configurable: true, writable: true };
  const copied = Object.create(Object.getPrototypeOf(exports) as object | null, { ...Object.getOwnPropertyDescriptors(exports), [name]: value }) as object;
  return copied;
}

/** What a compiler's getter gives; it loads nothing. */
function readFixed(exports: object, name: string): unknown {
  const found = Object.getOwnPropertyDescriptor(exports, name);
  return found?.get !== undefined && found.configurable === false ? Reflect.get(exports, name) : undefined;
}

function isFunction(value: unknown): value is (...args: unknown[]) => unknown {
  return typeof value === 'function';
}
