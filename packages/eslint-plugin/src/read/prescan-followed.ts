import type { Facts } from './facts.ts';

const scans = new WeakMap<Facts, RegExp>();

/**
 * Tells by one scan whether a file that another one imports can say anything about its pools:
 * it names a driver, acquires, releases, or passes on what a third file does.
 */
export function mayMatterToImporters(text: string, facts: Facts): boolean {
  let scan = scans.get(facts);
  if (scan === undefined) {
    scan = scanOf(facts);
    scans.set(facts, scan);
  }
  return scan.test(text);
}

function scanOf(facts: Facts): RegExp {
  const modules = new Set<string>();
  const names = new Set<string>();
  for (const driver of facts.drivers) {
    for (const { module, global } of driver.packages) if (global !== true) modules.add(module);
    for (const { method } of driver.acquires) if (/^\w{5,}$/u.test(method)) names.add(method);
    for (const { releases = [], destroys = [] } of Object.values(driver.types)) {
      for (const { method } of [...releases, ...destroys]) if (/^\w+$/u.test(method)) names.add(method);
    }
  }
  const quoted = [...modules].map((module) => module.replace(/[\\^$.*+?()[\]{}|/]/gu, '\\$&'));
  return new RegExp(
    `['"\`](?:${quoted.join('|')})['"\`]|\\.(?:${[...names].join('|')})\\b|\\bfrom ?['"\`]\\.|\\brequire\\(['"\`]\\.`,
    'u',
  );
}
