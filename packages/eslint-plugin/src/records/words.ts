/** «once», «14 times». */
export function times(count: number): string {
  return count === 1 ? 'once' : `${count.toLocaleString('en-US')} times`;
}

/** «430 ms», «43 s», «12 min», «5 h», «3 days». */
export function duration(ms: number): string {
  if (ms < 1000) return `${Math.round(ms)} ms`;
  const steps: readonly (readonly [number, number, string])[] = [[1000, 120, 's'], [60_000, 120, 'min'], [3_600_000, 48, 'h']];
  for (const [unitMs, most, unit] of steps) if (Math.round(ms / unitMs) < most) return `${Math.round(ms / unitMs)} ${unit}`;
  return `${Math.round(ms / 86_400_000)} days`;
}

/** The day of a moment, in UTC: «2026-11-02». */
export function day(atMs: number): string {
  return new Date(atMs).toISOString().slice(0, 10);
}
