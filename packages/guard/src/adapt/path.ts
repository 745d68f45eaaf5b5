/**
 * Makes a reader of a path of the catalogue: dots lead into properties, `()` calls a method.
 *
 * The reader answers `undefined` where the path ends early or a getter throws: what it reads is
 * partly private to the driver.
 */
export function readerOf(path: string | undefined): (from: unknown) => unknown {
  if (path === undefined) return () => undefined;
  const steps = path.split('.').map((step) => ({ key: step.replace(/\(\)$/u, ''), isCall: step.endsWith('()') }));
  const [first] = steps;
  // Most paths are one property, and are read at every checkout.
  if (first !== undefined && steps.length === 1 && !first.isCall) return (from) => propertyOf(from, first.key);
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

function propertyOf(from: unknown, key: string): unknown {
  if (from === null || from === undefined) return undefined;
  try {
    return Reflect.get(Object(from), key);
  } catch {
    return undefined;
  }
}

/** Is it an object or a function? knex's pool is a function. */
export function isObject(value: unknown): value is object {
  return (typeof value === 'object' && value !== null) || typeof value === 'function';
}
