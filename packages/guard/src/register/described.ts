import type { Makers } from './packages.ts';

/**
 * The makers in the records of a configuration that nobody has checked yet; none where it has none.
 *
 * They are needed before the program loads a driver, and checking them would load the catalogue.
 */
export function describedMakers(config: unknown): Makers {
  const found: Record<string, string[]> = {};
  for (const record of membersOf(config, 'drivers')) {
    const modules = membersOf(record, 'packages').map((one) => textOf(one, 'module'));
    for (const maker of membersOf(record, 'makers')) {
      const name = textOf(maker, 'export');
      const own = membersOf(maker, 'modules');
      for (const module of own.length > 0 ? own : modules) {
        if (typeof module === 'string' && name !== undefined) (found[module] ??= []).push(name);
      }
    }
  }
  return found;
}

function membersOf(of: unknown, name: string): readonly unknown[] {
  const all: unknown = typeof of === 'object' && of !== null ? Reflect.get(of, name) : undefined;
  return Array.isArray(all) ? all : [];
}

function textOf(of: unknown, name: string): string | undefined {
  const found: unknown = typeof of === 'object' && of !== null ? Reflect.get(of, name) : undefined;
  return typeof found === 'string' ? found : undefined;
}
