import type { ReportRecord, ReportSchemaVersion, ReportSite } from '@lifeguard/catalogue';

/** Why a line counts for nothing. */
export type Flaw = 'broken' | 'unknown-version' | 'unknown-type';

const version: ReportSchemaVersion = 1;
/** Written as an object, so that the compiler asks for all of them. */
const types: Readonly<Record<ReportRecord['type'], true>> = {
  'leak-suspected': true, leaked: true, 'returned-late': true, reclaimed: true, 'dirty-return': true,
  'stale-handle': true, 'nested-acquire': true, deadlock: true, exhausted: true, site: true,
};

/** Reads a line of a report, trusting nothing of it. */
export function readRecord(line: string): ReportRecord | Flaw {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return 'broken';
  }
  if (!isObject(value) || typeof value['schemaVersion'] !== 'number') return 'broken';
  if (value['schemaVersion'] !== version) return 'unknown-version';
  if (typeof value['type'] !== 'string') return 'broken';
  if (!Object.hasOwn(types, value['type'])) return 'unknown-type';
  return isRecord(value) ? value : 'broken';
}

function isRecord(value: Readonly<Record<string, unknown>>): value is Readonly<Record<string, unknown>> & ReportRecord {
  const { id, at, host, pid, pool, lease, heldMs, scope, fingerprint, site, callSite, type } = value;
  return (
    [id, at, host, pool].every((text) => typeof text === 'string') &&
    !Number.isNaN(Date.parse(String(at))) &&
    typeof pid === 'number' &&
    [lease, heldMs].every((number) => number === undefined || typeof number === 'number') &&
    [scope, fingerprint].every((text) => text === undefined || typeof text === 'string') &&
    [site, callSite].every((one) => one === undefined || isSite(one)) &&
    (type !== 'deadlock' || isCycle(value['cycle'])) &&
    (type !== 'site' || (site !== undefined && typeof value['checkouts'] === 'number' && value['checkouts'] >= 0))
  );
}

function isCycle(value: unknown): boolean {
  return Array.isArray(value) && value.every((step: unknown) => isObject(step) && (step['site'] === undefined || isSite(step['site'])));
}

function isSite(value: unknown): value is ReportSite {
  if (!isObject(value)) return false;
  const { file, line, column, function: inside, library, lineHash } = value;
  return (
    typeof file === 'string' && file !== '' &&
    [line, column].every((number) => Number.isInteger(number) && Number(number) >= 1) &&
    [inside, library, lineHash].every((text) => text === undefined || typeof text === 'string')
  );
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
