import { createRequire } from 'node:module';
import type * as Registered from '../registered.ts';
import type { Exporting } from './commonjs.ts';
import { replaceExport, replaceMember } from './exports.ts';
import { Making, type Made } from './making.ts';
import { knownMakers, modulesOf, type Installed } from './packages.ts';

const require = createRequire(import.meta.url);
const making = new Making(take);
const waiting: Made[] = [];
let guard: typeof Registered.guardMade | undefined;

/** Guards what was made, with the guard itself, which is loaded for the first pool. */
function take(made: Made): void {
  waiting.push(made);
  if (waiting.length > 1) return;
  try {
    guard ??= (require('../registered.js') as typeof Registered).guardMade;
    flush(guard);
  } catch {
    // Node cannot require what the program is importing at this moment.
    import('../registered.js').then(({ guardMade }) => flush((guard = guardMade)), failed);
  }
}

function flush(guardMade: (made: Made) => void): void {
  for (const made of waiting.splice(0)) guardMade(made);
}

/** Wraps the makers of a CommonJS module, if it is one that programs load. */
export function wrapRequired(module: Exporting, file: string, installed: Installed): void {
  for (const name of modulesAt(file, installed)) {
    for (const maker of knownMakers()[name] ?? []) replaceExport(module, maker, (one) => making.wrap(one, name));
  }
}

/** Wraps a maker of a module that was written as ESM; without a name, those that an object has as members. */
export function wrapImported(module: string, name: string | undefined, value: unknown): unknown {
  if (typeof value === 'function') return making.wrap(value as (...args: unknown[]) => unknown, module);
  if (name === undefined && typeof value === 'object' && value !== null) {
    for (const maker of knownMakers()[module] ?? []) replaceMember(value, maker, (one) => making.wrap(one, module));
  }
  return value;
}

const entries = new Map<string, ReadonlyMap<string, readonly string[]>>();

/** The modules that a file is when it is required. */
function modulesAt(file: string, { name, root }: Installed): readonly string[] {
  let all = entries.get(root);
  if (all === undefined) entries.set(root, (all = entriesOf(name, root)));
  return all.get(file) ?? [];
}

function entriesOf(name: string, root: string): ReadonlyMap<string, readonly string[]> {
  const from = createRequire(`${root}package.json`);
  const files = new Map<string, string[]>();
  for (const module of modulesOf(name)) {
    try {
      const file = from.resolve(module);
      files.set(file, [...(files.get(file) ?? []), module]);
    } catch {
      // This version of the package does not have it.
    }
  }
  return files;
}

function failed(error: unknown): void {
  waiting.length = 0;
  void import('./warn.ts').then(({ warnOfFailure }) => warnOfFailure('loading the guard', error));
}
