import { drivers as own, mergeDrivers, nearest, RecordError, type Driver } from '@lifeguard/catalogue';
import { createFacts, type Facts } from './facts.ts';

/** What `settings.lifeguard` says, checked. */
export interface Settings {
  readonly facts: Facts;
  /** Read the files that relative imports lead to. */
  readonly followImports: boolean;
  readonly assumePoolNames: ReadonlySet<string>;
  /** Where the guard's reports are: paths and globs from the working directory. */
  readonly reports: readonly string[];
}

/** A mistake in `settings.lifeguard`. */
export class SettingsError extends Error {
  override readonly name = 'SettingsError';
  readonly code = 'LIFEGUARD_BAD_SETTINGS';
}

const keys = ['drivers', 'followImports', 'assumePoolNames', 'reports'] as const;
const byIdentity = new WeakMap<object, Settings>();
const byContent = new Map<string, Settings>();
/** Where the settings say nothing: one object, so that it is known by its identity. */
const nothing: Readonly<Record<string, unknown>> = {};

/**
 * Reads `settings.lifeguard`, refusing what it does not know.
 *
 * ESLint may clone the settings for each file, so equal content yields the same facts too.
 */
export function readSettings(raw: unknown): Settings {
  const given = raw ?? nothing;
  if (!isRecord(given)) throw new SettingsError('`settings.lifeguard` must be an object.');
  const known = byIdentity.get(given);
  if (known !== undefined) return known;
  const content = JSON.stringify(given);
  const settings = byContent.get(content) ?? check(given);
  byIdentity.set(given, settings);
  byContent.set(content, settings);
  return settings;
}

function check(given: Readonly<Record<string, unknown>>): Settings {
  for (const key of Object.keys(given)) {
    if (!keys.some((known) => known === key)) {
      const meant = nearest(key, keys);
      const hint = meant === undefined ? `legal: ${keys.join(', ')}.` : `did you mean \`${meant}\`?`;
      throw new SettingsError(`Unknown key \`${key}\` in \`settings.lifeguard\`; ${hint}`);
    }
  }
  const { drivers = [], followImports = true, assumePoolNames = [], reports = [] } = given;
  if (typeof followImports !== 'boolean') {
    throw new SettingsError('`settings.lifeguard.followImports` must be `true` or `false`.');
  }
  if (!Array.isArray(assumePoolNames) || !assumePoolNames.every((name) => typeof name === 'string')) {
    throw new SettingsError('`settings.lifeguard.assumePoolNames` must be a list of names.');
  }
  const paths: readonly unknown[] = Array.isArray(reports) ? reports : [reports];
  if (!paths.every((one): one is string => typeof one === 'string' && one !== '')) {
    throw new SettingsError('`settings.lifeguard.reports` must be a path or glob, or a list of them.');
  }
  return {
    facts: createFacts(readDrivers(drivers)),
    followImports,
    assumePoolNames: new Set(assumePoolNames),
    reports: paths,
  };
}

function readDrivers(users: unknown): readonly Driver[] {
  try {
    return mergeDrivers(own, users);
  } catch (error) {
    if (!(error instanceof RecordError)) throw error;
    throw new SettingsError(error.message, { cause: error });
  }
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
