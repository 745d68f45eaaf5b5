/** One question the run asked: how many answers there were and which one was taken. */
export interface Choice {
  readonly arity: number;
  readonly taken: number;
}

export type Script = readonly number[];

/** Answers every question of one run: from the script first, then from `beyond`. */
export class Choices {
  readonly trace: Choice[] = [];
  readonly #script: Script;
  readonly #beyond: (arity: number) => number;

  constructor(script: Script, beyond: (arity: number) => number = () => 0) {
    this.#script = script;
    this.#beyond = beyond;
  }

  choose(arity: number): number {
    const taken = this.#script[this.trace.length] ?? this.#beyond(arity);
    this.trace.push({ arity, taken });
    return taken;
  }
}

/**
 * The scripts that leave a finished run at one later question each. Starting from the empty script
 * and following these visits every run once, those with few deviations first.
 */
export function deviations(script: Script, trace: readonly Choice[]): Script[] {
  const next: Script[] = [];
  for (let at = script.length; at < trace.length; at++) {
    const { arity } = trace[at] ?? { arity: 0 };
    const before = trace.slice(0, at).map((choice) => choice.taken);
    for (let answer = 1; answer < arity; answer++) next.push([...before, answer]);
  }
  return next;
}

/** A small reproducible source of numbers in [0, 1). */
export function dice(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
