/**
 * Is a version in a range of the kind the records use: `^1.2.3`, `>=1 <2`, alternatives with `||`?
 * No prereleases, no wildcards: an unknown form throws.
 */
export function inRange(version: string, range: string): boolean {
  return range.split('||').some((alternative) => alternative.trim().split(/\s+/u).every((bound) => fits(version, bound)));
}

function fits(version: string, bound: string): boolean {
  const match = /^(\^|>=|<)(\d+(?:\.\d+){0,2})$/u.exec(bound);
  if (match === null) throw new Error(`cannot read the range «${bound}»`);
  const [, operator, limit = ''] = match;
  const order = compare(version, limit);
  if (operator === '<') return order < 0;
  if (operator === '>=') return order >= 0;
  return order >= 0 && compare(version, nextBreaking(limit)) < 0;
}

function nextBreaking(limit: string): string {
  const [major = 0, minor = 0] = limit.split('.').map(Number);
  return major > 0 ? `${major + 1}.0.0` : `0.${minor + 1}.0`;
}

function compare(one: string, other: string): number {
  const left = one.split('.').map((part) => Number.parseInt(part, 10));
  const right = other.split('.').map((part) => Number.parseInt(part, 10));
  for (let index = 0; index < 3; index += 1) {
    const difference = (left[index] ?? 0) - (right[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}
