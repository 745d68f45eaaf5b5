/** An answer: still looked for, found within one question, or found for ever. */
type Answer<T> =
  | { readonly kind: 'open' }
  | { readonly kind: 'within'; readonly question: number; readonly value: T }
  | { readonly kind: 'found'; readonly value: T };

/** The answers to one kind of question, by what it is about. */
export interface Answers<K, T> {
  get(key: K): Answer<T> | undefined;
  set(key: K, answer: Answer<T>): unknown;
  delete(key: K): unknown;
}

/** More questions than this that one leads to are given up. */
const deepest = 12;

/**
 * Questions that may lead to each other, each answered once.
 *
 * What was found while a circle was open may be incomplete. It serves the question that was asked
 * from outside and is forgotten with it, so that no answer depends on what was asked before.
 */
export class Questions {
  #depth = 0;
  #cuts = 0;
  #question = 0;

  /** Answers a question; with `otherwise` where the answer would need itself. */
  ask<K, T>(answers: Answers<K, T>, key: K, otherwise: T, find: () => T): T {
    const known = answers.get(key);
    if (known?.kind === 'found') return known.value;
    if (known?.kind === 'within' && this.#depth > 0 && known.question === this.#question) {
      this.#cuts += 1;
      return known.value;
    }
    if (known?.kind === 'open' || this.#depth >= deepest) {
      this.#cuts += 1;
      return otherwise;
    }
    if (this.#depth === 0) this.#question += 1;
    const before = this.#cuts;
    answers.set(key, { kind: 'open' });
    this.#depth += 1;
    try {
      const value = find();
      const isWhole = this.#depth === 1 || this.#cuts === before;
      answers.set(key, isWhole ? { kind: 'found', value } : { kind: 'within', question: this.#question, value });
      return value;
    } catch (error) {
      answers.delete(key);
      throw error;
    } finally {
      this.#depth -= 1;
    }
  }
}
