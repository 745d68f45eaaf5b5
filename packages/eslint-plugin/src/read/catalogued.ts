import type { Driver, Maker } from '@lifeguard/catalogue';
import type { Facts } from './facts.ts';
import type { Origin } from './origin.ts';

/** An export of a catalogued module, or all of it for `*`. */
export function exportOrigin(specifier: string, name: string, facts: Facts): Origin | undefined {
  const drivers = facts.ofModule(specifier);
  const [first] = drivers;
  if (first === undefined) return undefined;
  const driver = drivers.find((one) => knows(one, specifier, name));
  if (name === '*' || (name === 'default' && driver === undefined)) {
    return { kind: 'module', driver: first, module: specifier };
  }
  const value = driver?.makers.find((maker) => maker.how === 'value' && makes(maker, specifier, name));
  if (driver !== undefined && value !== undefined) {
    return { kind: 'instance', driver, type: value.gives, module: specifier, proof: 'import' };
  }
  return { kind: 'export', driver: driver ?? first, module: specifier, export: name };
}

function knows(driver: Driver, specifier: string, name: string): boolean {
  return (
    driver.makers.some((maker) => makes(maker, specifier, name) || leadsTo(maker, specifier, name)) ||
    driver.acquires.some(
      ({ of, method, modules }) =>
        of === 'module' && method === name && (modules === undefined || modules.includes(specifier)),
    ) ||
    typeNamed(driver, specifier, name) !== undefined
  );
}

function makes(maker: Maker, specifier: string, name: string): boolean {
  return maker.export === name && (maker.modules === undefined || maker.modules.includes(specifier));
}

/** `v1` of `v1.driver`, where another record of the module knows nothing of it. */
function leadsTo(maker: Maker, specifier: string, name: string): boolean {
  return maker.export.startsWith(`${name}.`) && makes(maker, specifier, maker.export);
}

/** The makers an origin stands for when it is called or constructed. */
export function makersOf(origin: Origin): readonly Maker[] {
  if (origin.kind !== 'module' && origin.kind !== 'export') return [];
  const name = origin.kind === 'module' ? 'default' : origin.export;
  return origin.driver.makers.filter((maker) => makes(maker, origin.module, name));
}

/** The value of a type that an export names: `Pool` of `pg` in an annotation. */
export function instanceNamed(
  origin: Origin,
  facts: Facts,
  proof: 'import' | 'annotation',
): Origin | undefined {
  if (origin.kind !== 'export' && origin.kind !== 'module') return undefined;
  const { module } = origin;
  const name = origin.kind === 'module' ? 'default' : origin.export;
  const last = name.slice(name.lastIndexOf('.') + 1);
  for (const driver of new Set([origin.driver, ...facts.ofModule(module)])) {
    const type =
      typeNamed(driver, module, name) ??
      driver.makers.find((maker) => maker.how === 'new' && makes(maker, module, name))?.gives ??
      typeNamed(driver, module, last);
    if (type !== undefined) return { kind: 'instance', driver, type, module, proof };
  }
  return undefined;
}

function typeNamed(driver: Driver, specifier: string, name: string): string | undefined {
  for (const [type, { aliases = [], modules }] of Object.entries(driver.types)) {
    if (modules !== undefined && !modules.includes(specifier)) continue;
    if (type === name || aliases.includes(name)) return type;
  }
  return undefined;
}

/** What a property of a value leads to, as far as the catalogue says. */
export function hop(origin: Origin, key: string, facts: Facts): Origin | undefined {
  switch (origin.kind) {
    case 'module':
      return exportOrigin(origin.module, key, facts);
    case 'export':
      if (origin.export === 'default') return exportOrigin(origin.module, key, facts);
      return { ...origin, export: `${origin.export}.${key}` };
    case 'instance': {
      const member = origin.driver.members.find(
        ({ of, name, how }) => how === 'get' && of === origin.type && name === key,
      );
      return member === undefined ? undefined : { ...origin, type: member.gives };
    }
    default:
      return undefined;
  }
}

/** The export that a name every Node.js program knows stands for: `fetch`. */
export function globalOrigin(name: string, facts: Facts): Origin | undefined {
  for (const driver of facts.drivers) {
    const global = driver.packages.find((one) => one.global === true);
    if (global !== undefined && knows(driver, global.module, name)) {
      return { kind: 'export', driver, module: global.module, export: name };
    }
  }
  return undefined;
}
