/** Changes with the shape of anything that is shared. */
const shape = 1;

/**
 * What all copies of the package in a process have in common: a test runner may load one of its own,
 * and a library bring another.
 */
export function shared<T extends object>(name: string, make: () => T): T {
  const key = Symbol.for(`@lifeguard/guard.${name}.${shape}`);
  const known = Reflect.get(globalThis, key) as T | undefined;
  if (known !== undefined) return known;
  const made = make();
  Object.defineProperty(globalThis, key, { value: made, configurable: true });
  return made;
}
