/**
 * Makes a reader of a path of the catalogue: dots lead into properties, `()` calls a method.
 *
 * The reader answers `undefined` where the path ends early or a getter throws: what it reads is
 * partly private to the driver.
 */
export function readerOf(path: string | undefined): (from: unknown) => unknown {
  if (path === undefined) return () => undefined;
  const steps = path.split('.').map((step) => ({ key: step.replace(/\(\)$/u, ''), isCall: step.endsWith('()') }));
  return (from) => {
    let value = from;
    try {
      for (const { key, isCall } of steps) {
        if (value === null || value === undefined) return undefined;
        const next: unknown = Reflect.get(Object(value), key);
        if (isCall && typeof next !== 'function') return undefined;
        value = isCall && typeof next === 'function' ? Reflect.apply(next, value, []) : next;
      }
    } catch {
      return undefined;
    }
    return value;
  };
}

/** Is it an object or a function? knex's pool is a function. */
export function isObject(value: unknown): value is object {
  return (typeof value === 'object' && value !== null) || typeof value === 'function';
}
