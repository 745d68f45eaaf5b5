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
  #undone = false;

  /**
   * Replaces a method by an own property that enumeration does not see.
   *
   * @param make - Makes the new method from the one it stands before, and gets the function that
   * callers see. After `undo` it is gone, or calls the old one straight on where somebody else has
   * wrapped it meanwhile.
   */
  replace(on: object, key: PropertyKey, make: (original: Method, ours: Method) => Method): void {
    const found: unknown = Reflect.get(on, key);
    if (!isMethod(found)) return;
    const original: Method = found;
    const replacement = make(original, ours);
    const isUndone = (): boolean => this.#undone;
    function ours(this: unknown, ...args: unknown[]): unknown {
      return Reflect.apply(isUndone() ? original : replacement, this, args);
    }
    Object.defineProperty(ours, 'name', { value: original.name, configurable: true });
    Object.defineProperty(ours, 'length', { value: original.length, configurable: true });
    const before = Object.getOwnPropertyDescriptor(on, key);
    Object.defineProperty(on, key, { value: ours, configurable: true, writable: true, enumerable: before?.enumerable ?? false });
    this.#patches.push({ on, key, before, ours });
  }

  /** Puts everything back, last first. */
  undo(): void {
    this.#undone = true;
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
