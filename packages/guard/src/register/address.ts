import { methodOf } from '../adapt/patch.ts';
import { isObject, readerOf } from '../adapt/path.ts';

/** Where a pool leads, as far as it says so without a secret. */
export interface Address {
  readonly host?: string;
  readonly database?: string;
}

/** What is known of a pool where it was made. */
export interface Origin {
  readonly value: object;
  /** The name of the record. */
  readonly driver: string;
  /** What its maker was given. */
  readonly args: readonly unknown[];
}

const hosts = ['host', 'hostname', 'server'];
const databases = ['database', 'db'];
const texts = ['connectionString', 'uri', 'url'];
/** Options within options: knex's `connection`, mysql2's own `config`. */
const within = ['connection', 'config', 'replication', 'write'];

const isHost = (text: string): boolean => /^[\w.:-]{1,253}$/u.test(text);
const isDatabase = (text: string): boolean => /^[\w$-]{1,64}$/u.test(text);

/** The address in what a pool was made with, or in what it made of that. */
export function addressOf({ value, args, driver }: Origin): Address {
  const given = [...args, ...['options', 'config'].map((name) => readerOf(name)(value))];
  const found = given.map((one) => addressWithin(one, 3)).reduce((all, one) => ({ ...one, ...all }), {});
  return driver === 'pg' ? { ...fromPgVariables(), ...found } : found;
}

function addressWithin(given: unknown, depth: number): Address {
  if (typeof given === 'string') return addressIn(given);
  if (!isObject(given) || methodOf(given, 'then') !== undefined || depth === 0) return {};
  const read = (names: readonly string[], holds: (text: string) => boolean): string | undefined =>
    names.map((name) => readerOf(name)(given)).find((one) => typeof one === 'string' && holds(one)) as string | undefined;
  const text = read(texts, () => true);
  const [host, database] = [read(hosts, isHost), read(databases, isDatabase)];
  const own = { ...(host === undefined ? {} : { host }), ...(database === undefined ? {} : { database }) };
  const inner = within.map((name) => addressWithin(readerOf(name)(given), depth - 1)).reduce((all, one) => ({ ...one, ...all }), {});
  return { ...inner, ...(text === undefined ? {} : addressIn(text)), ...own };
}

/** Of a connection string only what looks like a host and a database: one that is misspelt may have its password anywhere. */
function addressIn(text: string): Address {
  if (!/^[\w+.-]+:\/\//u.test(text) || text.lastIndexOf('@') > text.indexOf('/', text.indexOf('://') + 3)) return {};
  try {
    const { hostname, pathname } = new URL(text);
    const database = pathname.slice(1);
    return { ...(isHost(hostname) ? { host: hostname } : {}), ...(isDatabase(database) ? { database } : {}) };
  } catch {
    return {};
  }
}

function fromPgVariables(): Address {
  const { PGHOST: host, PGDATABASE: database } = process.env;
  return { ...(host !== undefined && isHost(host) ? { host } : {}), ...(database !== undefined && isDatabase(database) ? { database } : {}) };
}

/** What a pool is called where nobody names it: `pg:orders@db.internal`. */
export function nameFrom(driver: string, { host, database }: Address): string {
  const place = [database, host].filter((part) => part !== undefined).join('@');
  return place === '' ? driver : `${driver}:${database === undefined ? '@' : ''}${place}`;
}
