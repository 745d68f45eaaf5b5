import { isBuiltin } from 'node:module';

const builtins = new Map<string, boolean>();

/** Tells whether a specifier means a module of Node.js itself. */
export function isNodeModule(specifier: string): boolean {
  let known = builtins.get(specifier);
  if (known === undefined) builtins.set(specifier, (known = isBuiltin(specifier)));
  return known;
}

/** Our own guard, which returns the pool it is given, wherever its package is. */
export const guardPackage = '@lifeguard/guard';
