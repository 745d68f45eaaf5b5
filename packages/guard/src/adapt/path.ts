const call = '()';

/**
 * Makes a reader of a path of the catalogue: dots lead into properties, `()` calls a method.
 *
 * The reader answers `undefined` where the path ends early or a getter throws: what it reads is
 * partly private to the driver.
 */
export function readerOf(path: string | undefined): (from: unknown) => unknown {
  if (path === undefined) return () => undefined;
  // Most paths are one property, and are read at every checkout.
  if (!path.includes('.')) {
    if (!path.endsWith(call)) return (from) => propertyOf(from, path);
    const method = path.slice(0, -call.length);
    return (from) => answerOf(from, method);
  }
  let steps: readonly Step[] | undefined;
  return (from) => {
    let value = from;
    try {
      for (const { key, isCall } of (steps ??= stepsOf(path))) {
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

interface Step {
  readonly key: string;
  readonly isCall: boolean;
}

function stepsOf(path: string): readonly Step[] {
  return path.split('.').map((step) => {
    const isCall = step.endsWith(call);
    return { key: isCall ? step.slice(0, -call.length) : step, isCall };
  });
}

function propertyOf(from: unknown, key: string): unknown {
  if (from === null || from === undefined) return undefined;
  try {
    return Reflect.get(Object(from), key);
  } catch {
    return undefined;
  }
}

function answerOf(from: unknown, name: string): unknown {
  if (from === null || from === undefined) return undefined;
  try {
    const method: unknown = Reflect.get(Object(from), name);
    return typeof method === 'function' ? Reflect.apply(method, from, []) : undefined;
  } catch {
    return undefined;
  }
}

/** Is it an object or a function? knex's pool is a function. */
export function isObject(value: unknown): value is object {
  return (typeof value === 'object' && value !== null) || typeof value === 'function';
}
