/** A replacement of a range of the text. */
export interface Edit {
  readonly range: readonly [number, number];
  readonly text: string;
}

/**
 * One edit that does the same as many.
 *
 * `undefined` where two of them touch the same text: then the mending is not sure.
 */
export function merged(text: string, edits: readonly Edit[]): Edit | undefined {
  const sorted = edits.toSorted((a, b) => a.range[0] - b.range[0] || a.range[1] - b.range[1]);
  const [first] = sorted;
  if (first === undefined) return undefined;
  let at = first.range[0];
  let result = '';
  for (const { range, text: replacement } of sorted) {
    if (range[0] < at) return undefined;
    result += text.slice(at, range[0]) + replacement;
    at = range[1];
  }
  return { range: [first.range[0], at], text: result };
}
