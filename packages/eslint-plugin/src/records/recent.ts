/** Remembers the newest entries, at least `most` and at most twice as many: constant space, without an order to keep. */
export class Recent<V> {
  readonly #most: number;
  readonly #forgotten: (value: V) => void;
  #young = new Map<string, V>();
  #old = new Map<string, V>();

  /** @param forgotten - Called for each entry that is forgotten, or is there at the end. */
  constructor(most: number, forgotten: (value: V) => void = () => undefined) {
    this.#most = most;
    this.#forgotten = forgotten;
  }

  get(key: string): V | undefined {
    return this.#young.get(key) ?? this.#old.get(key);
  }

  set(key: string, value: V): void {
    this.#old.delete(key);
    this.#young.set(key, value);
    if (this.#young.size < this.#most) return;
    for (const one of this.#old.values()) this.#forgotten(one);
    this.#old = this.#young;
    this.#young = new Map();
  }

  /** Takes an entry away, which is not told as forgotten. */
  delete(key: string): void {
    this.#young.delete(key);
    this.#old.delete(key);
  }

  /** Forgets all. */
  clear(): void {
    for (const map of [this.#old, this.#young]) {
      for (const one of map.values()) this.#forgotten(one);
      map.clear();
    }
  }
}
