import type { Half, Sighting } from './mark.ts';
import type { Program } from './program.ts';

const names: Readonly<Record<Half, string>> = { lint: 'linter', guard: 'guard' };

/** Compares what a half has seen with the marks of a program; tells each difference. */
export function judge({ marks }: Program, half: Half, seen: readonly Sighting[]): readonly string[] {
  const isFor = ({ only }: { readonly only?: { readonly half: Half } }): boolean => only === undefined || only.half === half;
  const missed = marks.filter((mark) => isFor(mark) && !seen.some((one) => isSame(one, mark)));
  const surplus = seen.filter((one) => !marks.some((mark) => isFor(mark) && isSame(one, mark)));
  const untrue = marks.filter((mark) => surplus.some((one) => isSame(one, mark)));
  return unique([
    ...missed.map(({ line, what }) => `line ${line}: the ${names[half]} does not see the ${what}`),
    ...untrue.map(({ line, what }) => `line ${line}: the ${names[half]} sees the ${what} too, other than the mark says`),
    ...surplus.filter((one) => !untrue.some((mark) => isSame(one, mark))).map(({ line, what }) => `line ${line}: the ${names[half]} sees what no mark tells of: ${what}`),
  ]);
}

function isSame(one: Sighting, other: Sighting): boolean {
  return one.line === other.line && one.what === other.what;
}

function unique(texts: readonly string[]): readonly string[] {
  return [...new Set(texts)];
}
