import { dirname, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { toSource, type Position } from './source-map.ts';
import type { Stack } from './stack.ts';

/** One frame of a call stack, in the source. */
export interface Frame extends Position {
  /** The enclosing function; absent at the top of a module. */
  readonly function?: string;
}

let own: string | undefined;

/** Where the guard itself stands: the folder of its sources or of its bundle. */
function ownFolder(): string {
  return (own ??= dirname(dirname(fileURLToPath(import.meta.url))) + sep);
}

/** The frames of a stack without those of the guard and of Node, the caller first. Formats the stack. */
export function framesOf(stack: Stack): readonly Frame[] {
  const { sites, text } = format(stack);
  const lines = text?.match(/^\s+at .*$/gmu);
  // Whoever formats stacks in this process knows its source maps best, as test runners and loaders do.
  const isAligned = lines?.length === sites.length;
  return sites.flatMap((site, index) => {
    const position = positionOf(site);
    if (position === undefined) return [];
    const inside = site.getFunctionName();
    const shown = isAligned ? readLine(lines[index] ?? '') : undefined;
    // A formatter that knows no source maps, as Node's own, shows what V8 has.
    const source = shown === undefined || isSame(shown, position) ? toSource(position) : shown;
    return { ...source, ...(inside === null || inside === '' ? {} : { function: inside }) };
  });
}

function isSame(one: Position, other: Position): boolean {
  return one.file === other.file && one.line === other.line && one.column === other.column;
}

interface Formatted {
  readonly sites: readonly NodeJS.CallSite[];
  readonly text: string | undefined;
}

/** Reads the stack as V8 has it, and as the process would show it where it formats stacks itself. */
function format(stack: Stack): Formatted {
  const before = Object.getOwnPropertyDescriptor(Error, 'prepareStackTrace');
  const theirs: unknown = Reflect.get(Error, 'prepareStackTrace');
  let formatted: Formatted = { sites: [], text: undefined };
  try {
    Error.prepareStackTrace = (error, sites) => {
      formatted = { sites, text: textBy(theirs, error, sites) };
      return '';
    };
    // V8 formats at the first read.
    Reflect.get(stack, 'stack');
  } finally {
    if (before === undefined) Reflect.deleteProperty(Error, 'prepareStackTrace');
    else Object.defineProperty(Error, 'prepareStackTrace', before);
  }
  return formatted;
}

function textBy(theirs: unknown, error: Error, sites: readonly NodeJS.CallSite[]): string | undefined {
  if (typeof theirs !== 'function') return undefined;
  try {
    const text: unknown = Reflect.apply(theirs, Error, [error, sites]);
    return typeof text === 'string' ? text : undefined;
  } catch {
    return undefined;
  }
}

function positionOf(site: NodeJS.CallSite): Position | undefined {
  const name = site.getFileName();
  const line = site.getLineNumber();
  if (typeof name !== 'string' || line === null || name.startsWith('node:') || site.isNative()) return undefined;
  const file = name.startsWith('file:') ? fileURLToPath(name) : name;
  return file.startsWith(ownFolder()) ? undefined : { file, line, column: site.getColumnNumber() ?? 1 };
}

/** `at load (file:///app/orders.ts:12:3)` */
function readLine(text: string): Position | undefined {
  const [, name, line, column] = /(?:\(|at (?:async )?)((?:[^()\s]|\s(?!\())+):(\d+):(\d+)\)?$/u.exec(text) ?? [];
  if (name === undefined) return undefined;
  return { file: name.startsWith('file:') ? fileURLToPath(name) : name, line: Number(line), column: Number(column) };
}
