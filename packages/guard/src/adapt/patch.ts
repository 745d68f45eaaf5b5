/** A method of a foreign object. */
export type Method = (this: unknown, ...args: unknown[]) => unknown;

interface Patch {
  readonly on: object;
  readonly key: PropertyKey;
  readonly before: PropertyDescriptor | undefined;
  readonly ours: Method;
}

/** The methods that were replaced on foreign objects, each of which knows how to undo itself. */
export class Patches {
  readonly #patches: Patch[] = [];
  /** A method that somebody else has wrapped meanwhile cannot be removed, and calls the old one straight on. */
  isUndone = false;

  /**
   * Replaces a method by an own property that enumeration does not see.
   *
   * @param make - Makes the new method from the one it stands before, and gets the function that
   * callers see.
   */
  replace(on: object, key: PropertyKey, make: (original: Method, ours: Method) => Method): void {
    this.place(on, key, (original) => {
      const replacement = make(original, ours);
      const isUndone = (): boolean => this.isUndone;
      function ours(this: unknown, ...args: unknown[]): unknown {
        return Reflect.apply(isUndone() ? original : replacement, this, args);
      }
      return ours;
    });
  }

  /** The same for a method that looks at `isUndone` by itself, because every frame of it costs. */
  place(on: object, key: PropertyKey, make: (original: Method) => Method): void {
    const original: unknown = Reflect.get(on, key);
    if (!isMethod(original)) return;
    const ours = make(original);
    Object.defineProperty(ours, 'name', { value: original.name, configurable: true });
    Object.defineProperty(ours, 'length', { value: original.length, configurable: true });
    const before = Object.getOwnPropertyDescriptor(on, key);
    Object.defineProperty(on, key, { value: ours, configurable: true, writable: true, enumerable: before?.enumerable ?? false });
    this.#patches.push({ on, key, before, ours });
  }

  /** Puts everything back, last first. */
  undo(): void {
    this.isUndone = true;
    for (const { on, key, before, ours } of this.#patches.splice(0).reverse()) {
      if (Reflect.get(on, key) !== ours) continue;
      if (before === undefined) Reflect.deleteProperty(on, key);
      else Object.defineProperty(on, key, before);
    }
  }
}

/** Is it something that can be called? */
export function isMethod(value: unknown): value is Method {
  return typeof value === 'function';
}

/** The method of this name, looked up anew; `undefined` where there is none. */
export function methodOf(on: unknown, name: PropertyKey): Method | undefined {
  const found: unknown = on === null || on === undefined ? undefined : Reflect.get(Object(on), name);
  return isMethod(found) ? found : undefined;
}
