/** What a maker made: perhaps a pool. */
export interface Made {
  readonly value: object;
  /** The module whose maker it was. */
  readonly module: string;
  /** What the maker was given. */
  readonly args: readonly unknown[];
}

type Callable = (...args: unknown[]) => unknown;

/**
 * Wraps makers of pools, and tells what they made: from the outermost on, so that what knex made is
 * known before the pool that knex made for itself.
 *
 * A class stays one: the wrapper is a proxy with the class's own statics and prototype, and so
 * `instanceof`, subclasses and their `new.target` are what they were.
 */
export class Making {
  readonly #made: (made: Made) => void;
  readonly #proxies = new WeakMap<object, Callable>();
  readonly #wrappers = new WeakSet();
  /** What is being made by the outermost maker on the stack, inner ones first. */
  #inside: Made[] | undefined;

  /** @param made - Must not throw. */
  constructor(made: (made: Made) => void) {
    this.#made = made;
  }

  /** The maker with our eye on it; the same for the same. */
  wrap(maker: Callable, module: string): Callable {
    if (this.#wrappers.has(maker)) return maker;
    const before = this.#proxies.get(maker);
    if (before !== undefined) return before;
    const make = this.#make.bind(this);
    const proxy: Callable = new Proxy(maker, {
      apply: (target, receiver: unknown, args: unknown[]) => make(module, args, () => Reflect.apply(target, receiver, args)),
      construct: (target, args: unknown[], subclass) =>
        make(module, args, () => Reflect.construct(target, args, subclass === proxy ? target : subclass) as object),
    });
    this.#proxies.set(maker, proxy);
    this.#wrappers.add(proxy);
    bePrototypes(maker, proxy);
    return proxy;
  }

  #make<T>(module: string, args: readonly unknown[], run: () => T): T {
    const outer = this.#inside;
    const inside = outer ?? [];
    this.#inside = inside;
    try {
      const value = run();
      if (isObject(value)) inside.push({ value, module, args });
      return value;
    } finally {
      this.#inside = outer;
      if (outer === undefined) for (const made of inside.reverse()) this.#made(made);
    }
  }
}

/** `pool.constructor` is the class that its module exports. */
function bePrototypes(maker: Callable, proxy: Callable): void {
  const prototype: unknown = Reflect.get(maker, 'prototype');
  if (!isObject(prototype)) return;
  const found = Object.getOwnPropertyDescriptor(prototype, 'constructor');
  if (found?.value === maker && found.writable === true) Reflect.set(prototype, 'constructor', proxy);
}

function isObject(value: unknown): value is object {
  return (typeof value === 'object' && value !== null) || typeof value === 'function';
}
