/** One of the two halves of Lifeguard: the linter, which reads a program, and the guard, which watches it run. */
export type Half = 'lint' | 'guard';

/** What a half says of the line of an acquire. */
export interface Sighting {
  /** From 1. */
  readonly line: number;
  /** What is wrong, in the words of the marks: `leak`. */
  readonly what: string;
}

/** A mark of a program: what is wrong with what is acquired on its line, and who can see it. */
export interface Mark extends Sighting {
  /** The only half that sees it, and why the other does not; absent where both do. */
  readonly only?: { readonly half: Half; readonly because: string };
}

/** What may be marked. */
const misdeeds = ['leak', 'double release', 'late use', 'early release', 'floating release', 'open transaction', 'nested acquire'] as const;

export type Misdeed = (typeof misdeeds)[number];

const marksPattern = new RegExp(`// (?<marks>(?:${misdeeds.join('|')})\\b.*)$`, 'u');
const markPattern = new RegExp(`^(?<what>${misdeeds.join('|')})(?: \\((?<half>lint|guard) only: (?<because>[^()]+)\\))?$`, 'u');

/**
 * Reads the marks of a program: comments at the end of a line, `// leak`, several separated by `;`,
 * and behind what only one half sees that half and the reason, `// leak (guard only: …)`.
 *
 * @throws Error where a comment begins as a mark does and is none.
 */
export function marksIn(text: string): readonly Mark[] {
  return text.split('\n').flatMap((source, index) => {
    const marks = marksPattern.exec(source)?.groups?.['marks'];
    return marks === undefined ? [] : marks.split('; ').map((mark) => markOf(mark, index + 1));
  });
}

function markOf(mark: string, line: number): Mark {
  const { what, half, because } = markPattern.exec(mark)?.groups ?? {};
  if (what === undefined) throw new Error(`The mark on line ${line} cannot be read: ${mark}`);
  return because === undefined ? { line, what } : { line, what, only: { half: half === 'lint' ? 'lint' : 'guard', because } };
}
