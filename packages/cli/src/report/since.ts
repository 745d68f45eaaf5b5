import { InvalidArgumentError } from 'commander';

const unitsMs = { m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 } as const;

/**
 * A moment as it is written on the command line: a date or time of ISO 8601, UTC where it says nothing
 * else, or how long ago it was: `30m`, `24h`, `7d`, `2w`.
 *
 * @returns ms since 1970.
 * @throws InvalidArgumentError for anything else.
 */
export function momentOf(text: string, nowMs = Date.now()): number {
  const ago = /^(?<number>\d+)(?<unit>[mhdw])$/u.exec(text)?.groups;
  if (ago?.['number'] !== undefined) return nowMs - Number(ago['number']) * unitsMs[ago['unit'] as keyof typeof unitsMs];
  const isDate = /^\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:\d\d)?)?$/u.test(text);
  const ms = isDate ? Date.parse(/T.*(?:Z|[+-]\d\d:\d\d)$/u.test(text) || !text.includes('T') ? text : `${text}Z`) : NaN;
  if (Number.isNaN(ms)) throw new InvalidArgumentError('It must be a date, as 2026-11-02, or a time ago, as 24h or 7d.');
  return ms;
}
