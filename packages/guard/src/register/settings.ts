import { mergeDrivers, type UserDriver } from '@lifeguard/catalogue';
import type { LifeguardConfig, MadePool, PoolConfig } from '../config.ts';
import { LifeguardError } from '../errors.ts';
import { call, check, flag, isObject, text, type Legal } from '../legal.ts';
import { legalOptions, readOptions, type GuardOptions } from '../options.ts';
import { addressOf, nameFrom, type Origin } from './address.ts';
import { findConfig, loadConfig } from './config-file.ts';
import { readVariables, type Variables } from './variables.ts';

/** What is to be done with the pools of a program. */
export interface Settings {
  /** Records of the configuration. */
  readonly drivers: readonly UserDriver[];
  readonly log: boolean;
  readonly reportFile: string | undefined;
  readonly sinks: readonly (() => unknown)[];
  /** The options of a pool; `undefined` where it is to be left alone. */
  optionsOf(made: Origin): GuardOptions | undefined;
}

type Warn = (error: LifeguardError) => void;

const textOrCall: Legal = { words: `${text.words}, or a function`, holds: (value) => text.holds(value) || call.holds(value) };
const calls: Legal = { words: 'an array of functions', holds: (value) => Array.isArray(value) && value.every(call.holds) };
const object: Legal = { words: 'an object', holds: isObject };

const fields: Readonly<Record<string, Legal>> = {
  ...legalOptions.guard,
  name: textOrCall,
  pools: object,
  log: flag,
  reportFile: text,
  sinks: calls,
};

/** Reads the environment and the file of configuration: what is wrong is told, and left out. */
export function readSettings(warn: Warn): Settings {
  const said: Variables = readVariables(process.env, warn);
  const config = readConfig(warn);
  const { name, pools, log, reportFile, sinks = [], drivers = [], ...options } = config;
  const namer = namerOf(name, warn);
  const own = poolsOf(pools, warn);
  return {
    drivers,
    log: said.log ?? log ?? sinks.length === 0,
    reportFile: said.reportFile ?? reportFile,
    sinks,
    optionsOf(made) {
      const called = namer(made);
      const ofPool = own.get(called.wanted);
      if (ofPool === false) return undefined;
      const all = drivers.length === 0 ? options : { ...options, drivers };
      return { ...all, ...ofPool, ...said.options, name: called.name };
    },
  };
}

function readConfig(warn: Warn): LifeguardConfig {
  const file = findConfig();
  if (file === undefined) return {};
  const bad = (sentence: string): void => warn(new LifeguardError('LIFEGUARD_BAD_CONFIG', `${file}: ${sentence}`));
  try {
    const config = loadConfig(file);
    if (isObject(config)) return checked(config, fields, bad);
    bad('it exports no object.');
  } catch (error) {
    const awaits = isObject(error) && error['code'] === 'ERR_REQUIRE_ASYNC_MODULE';
    bad(awaits ? 'it awaits at its top level, which a pool that is being made cannot wait for.' : `it could not be loaded: ${messageOf(error)}.`);
  }
  return {};
}

/** Leaves out what is wrong, one by one. */
function checked(given: object, legal: Readonly<Record<string, Legal>>, bad: (sentence: string) => void): LifeguardConfig {
  const kept = Object.entries(given).filter(([key, value]: [string, unknown]) => {
    try {
      check({ [key]: value }, legal, '', 'the configuration');
      if (key === 'reclaim' || key === 'ping') readOptions({ [key]: value });
      if (key === 'drivers') mergeDrivers([], value, 'drivers');
      return true;
    } catch (error) {
      bad(sentenceOf(error));
      return false;
    }
  });
  return Object.fromEntries(kept);
}

/** The sentence of an error of ours, which has a remedy and a link of its own. */
function sentenceOf(error: unknown): string {
  const message = messageOf(error);
  return error instanceof LifeguardError ? message.replace(/ Correct the option\. https:.*$/u, '').replace(/(?<![.?])$/u, '.') : message;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function poolsOf(pools: LifeguardConfig['pools'], warn: Warn): ReadonlyMap<string, PoolConfig | false> {
  const legal = Object.fromEntries(Object.entries(legalOptions.guard).filter(([key]) => key !== 'name' && key !== 'drivers'));
  const file = findConfig() ?? '';
  return new Map(Object.entries(pools ?? {}).map(([name, options]): [string, PoolConfig | false] => {
    const bad = (sentence: string): void => warn(new LifeguardError('LIFEGUARD_BAD_CONFIG', `${file}: pool '${name}': ${sentence}`));
    if (options === false) return [name, false];
    if (isObject(options)) return [name, checked(options, legal, bad)];
    bad('its options are an object, or false.');
    return [name, {}];
  }));
}

/** Names a pool, and says what it would be called if it were the first of the name. */
function namerOf(name: LifeguardConfig['name'], warn: Warn): (made: Origin) => { readonly wanted: string; readonly name: string } {
  const taken = new Map<string, number>();
  let before = 0;
  return (made) => {
    const address = addressOf(made);
    const pool: MadePool = { driver: made.driver, name: nameFrom(made.driver, address), ...address, before };
    before += 1;
    const wanted = named(name, pool, warn) ?? pool.name;
    const count = (taken.get(wanted) ?? 0) + 1;
    taken.set(wanted, count);
    return { wanted, name: count === 1 ? wanted : `${wanted}#${count}` };
  };
}

function named(name: LifeguardConfig['name'], pool: MadePool, warn: Warn): string | undefined {
  if (typeof name !== 'function') return name;
  try {
    const given: unknown = name(pool);
    if (given === undefined || text.holds(given)) return given as string | undefined;
    // It may be the promise of an asynchronous function, which fails later.
    Promise.resolve(given).catch(() => undefined);
    warn(new LifeguardError('LIFEGUARD_BAD_CONFIG', `\`name\` gave a ${typeof given} for the pool ${pool.name}; legal: ${text.words}, or undefined.`));
  } catch (error) {
    warn(new LifeguardError('LIFEGUARD_BAD_CONFIG', `\`name\` failed for the pool ${pool.name}: ${messageOf(error)}.`));
  }
  return undefined;
}
