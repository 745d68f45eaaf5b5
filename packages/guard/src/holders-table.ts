import type { Holder } from './holders.ts';
import { placeOf } from './place.ts';
import type { PoolStats } from './stats.ts';

const longestQuery = 60;

/** Who holds the connections of a pool, as a table for a terminal. */
export function holdersTable({ pool, active, max, waiting }: PoolStats, holders: readonly Holder[]): string {
  const counts = `lifeguard: ${pool}: ${active ?? '?'} of ${max ?? '?'} lent, ${waiting ?? '?'} waiting`;
  if (holders.length === 0) return `${counts}\n`;
  const rows = [['lease', 'held', 'state', 'doing', 'acquired at', 'scope', 'last SQL'], ...holders.map(rowOf)];
  const widths = rows[0]?.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0))) ?? [];
  const lines = rows.map((row) => `  ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ').trimEnd()}`);
  return `${[counts, ...lines].join('\n')}\n`;
}

function rowOf({ lease, heldMs, state, doing, site, scope, lastQuery, intent }: Holder): readonly string[] {
  const query = lastQuery ?? '';
  return [
    String(lease),
    `${(heldMs / 1000).toFixed(1)} s`,
    intent === undefined ? state : `on purpose: ${intent}`,
    doing,
    site === undefined ? '' : placeOf(site),
    scope ?? '',
    query.length > longestQuery ? `${query.slice(0, longestQuery)}…` : query,
  ];
}
