import type { TSESTree } from '@typescript-eslint/utils';
import type { Module } from './module.ts';

/** Programs nest; definitions that lead this far are not worth following. */
const deepest = 60;
/** The work that one question may cause. */
const mostSteps = 5000;

/** An answer; `question` is 0 once it holds for ever, else it holds within that question only. */
interface Answer<T> {
  readonly value: T;
  readonly question: number;
}

/** What was answered in one file, and what is being asked; both go with the file. */
interface Asked<T> {
  readonly answers: Map<TSESTree.Node, Answer<T>>;
  readonly open: Set<TSESTree.Node>;
}

/** The answers to one kind of question about nodes. */
export type Answers<T> = WeakMap<Module, Asked<T>>;

let depth = 0;
let steps = 0;
let cuts = 0;
let question = 0;

/** Remembers that an answer was given up, because it would have needed itself. */
export function cutShort(): void {
  cuts += 1;
}

/**
 * Answers a question about a node once, and `otherwise` where the answer would need itself.
 *
 * What was found while such a circle was open may be incomplete. It serves the question that was
 * asked from outside and is forgotten with it, so that no answer depends on earlier questions.
 */
export function guarded<T>(
  answers: Answers<T>,
  node: TSESTree.Node,
  module: Module,
  otherwise: T,
  answer: () => T,
): T {
  let asked = answers.get(module);
  if (asked === undefined) answers.set(module, (asked = { answers: new Map(), open: new Set() }));
  const known = asked.answers.get(node);
  if (known !== undefined && (known.question === 0 || (depth > 0 && known.question === question))) {
    if (known.question !== 0) cuts += 1;
    return known.value;
  }
  if (depth === 0) {
    question += 1;
    steps = 0;
  }
  steps += 1;
  if (asked.open.has(node) || depth >= deepest || steps > mostSteps) {
    cuts += 1;
    return otherwise;
  }
  const before = cuts;
  asked.open.add(node);
  depth += 1;
  try {
    const value = answer();
    asked.answers.set(node, { value, question: depth === 1 || cuts === before ? 0 : question });
    return value;
  } finally {
    depth -= 1;
    asked.open.delete(node);
  }
}
