import type { Method } from '../adapt/patch.ts';
import { keyOf } from './site.ts';

/** A call stack as V8 captured it; formatting it costs more than the capture, and waits for the first reader. */
export class Stack {
  declare readonly stack?: unknown;
  /** More than the one frame of the caller was captured. */
  readonly isFull: boolean;

  constructor(isFull: boolean) {
    this.isFull = isFull;
  }
}

/** @param above - The method the caller called; frames above it are left out. */
export function capture(above: Method, depth: number): Stack {
  const stack = new Stack(depth > 1);
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = depth;
  Error.captureStackTrace(stack, above);
  Error.stackTraceLimit = stackTraceLimit;
  return stack;
}

/** As many frames as reach the application below the libraries that stand on the pool. */
const fullDepth = 25;

/** One of so many is captured in full. */
const oneIn = 16;

/**
 * So many full captures in a second are taken besides: one costs about 6 µs, so that a service of
 * few checkouts always knows all frames, and a busy one does not pay for them.
 */
const fullPerSecond = 100;

/** So many releases in a second remember their caller, which costs about 2 µs each. */
const releasesPerSecond = 500;

/** All frames of the running code, those of the guard first. */
export function captureHere(): Stack {
  return capture(captureHere, fullDepth);
}

/** Decides for one pool how deep each stack is captured. */
export class Sampler {
  readonly #mode: 'full' | 'sampled' | 'off';
  readonly #acquires = new Budget(fullPerSecond);
  readonly #releases = new Budget(releasesPerSecond);
  /** How often a checkout of a site was suspected, by the site's key. */
  readonly suspects = new Map<string, number>();
  #count = 0;

  constructor(mode: 'full' | 'sampled' | 'off') {
    this.#mode = mode;
  }

  /**
   * How many frames of the next acquire are to be captured; 0 for none. Whoever asks captures by
   * himself: every frame between him and V8 is walked at the price of half a capture.
   */
  depth(nowMs: number): number {
    if (this.#mode === 'off') return 0;
    this.#count += 1;
    return this.#mode === 'full' || this.#count % oneIn === 0 || this.#acquires.take(nowMs) ? fullDepth : 1;
  }

  /** The stack, or all of it where its site was suspected before. */
  deepen(stack: Stack, above: Method): Stack {
    return stack.isFull || this.suspects.size === 0 || !this.#isSuspect(stack) ? stack : capture(above, fullDepth);
  }

  /** Only now is the frame worth its formatting. */
  #isSuspect(stack: Stack): boolean {
    const key = keyOf(stack);
    return key !== undefined && this.suspects.has(key);
  }

  release(above: Method, nowMs: number): Stack | undefined {
    if (this.#mode === 'off' || !this.#releases.take(nowMs)) return undefined;
    return capture(above, this.#mode === 'full' ? fullDepth : 1);
  }
}

/** So many in a second. */
class Budget {
  readonly #perSecond: number;
  #left: number;
  #sinceMs = -Infinity;

  constructor(perSecond: number) {
    this.#perSecond = perSecond;
    this.#left = perSecond;
  }

  take(nowMs: number): boolean {
    if (nowMs - this.#sinceMs >= 1000) {
      this.#sinceMs = nowMs;
      this.#left = this.#perSecond;
    }
    if (this.#left === 0) return false;
    this.#left -= 1;
    return true;
  }
}
