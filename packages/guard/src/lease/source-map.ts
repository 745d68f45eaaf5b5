import type { SourceMap, SourceMapPayload } from 'node:module';
import { dirname, isAbsolute, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** A position in a file. */
export interface Position {
  /** The absolute path of the source file. */
  readonly file: string;
  /** From 1. */
  readonly line: number;
  /** From 1. */
  readonly column: number;
}

const maps = new Map<string, SourceMap | undefined>();
/** The texts that maps brought along, by the file they are of: what runs need not be what is on disk. */
const texts = new Map<string, string>();

/** The text of a source file as it was compiled, as far as it is known from a map; else as it is on disk. */
export function sourceTextOf(file: string): string | undefined {
  const known = texts.get(file);
  if (known !== undefined) return known;
  try {
    return process.getBuiltinModule('node:fs').readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}

/** Call sites are few and come again and again, and even to learn that there is no map takes Node some µs. */
const known = new Map<string, Position>();
const mostKnown = 1000;

/**
 * Where a position of a compiled file stands in its source; the position itself where no map says so.
 *
 * Node's own map is used where `--enable-source-maps` is on, else the one the file names. Reads files,
 * and so is only for reports: importing the guard does not load what it reads them with.
 */
export function toSource(position: Position): Position {
  const key = `${position.file}:${position.line}:${position.column}`;
  let source = known.get(key);
  if (source === undefined) {
    if (known.size >= mostKnown) known.clear();
    known.set(key, (source = lookUp(position)));
  }
  return source;
}

function lookUp(position: Position): Position {
  try {
    const map = process.getBuiltinModule('node:module').findSourceMap(position.file) ?? mapOf(position.file);
    if (map === undefined) return position;
    const entry = map.findEntry(position.line - 1, position.column - 1);
    if (!('originalSource' in entry) || typeof entry.originalSource !== 'string') return position;
    const file = pathOf(entry.originalSource, position.file);
    noteText(file, entry.originalSource, map.payload);
    return { file, line: entry.originalLine + 1, column: entry.originalColumn + 1 };
  } catch {
    return position;
  }
}

function noteText(file: string, source: string, { sources, sourcesContent }: Partial<SourceMapPayload>): void {
  if (texts.has(file) || sources === undefined) return;
  const text: unknown = sourcesContent?.[sources.findIndex((one) => one === source || pathOf(one, file) === file)];
  if (typeof text === 'string') texts.set(file, text);
}

function pathOf(source: string, compiled: string): string {
  if (source.startsWith('file:')) return fileURLToPath(source);
  return isAbsolute(source) ? source : resolve(dirname(compiled), source);
}

function mapOf(file: string): SourceMap | undefined {
  if (!maps.has(file)) maps.set(file, readMap(file));
  return maps.get(file);
}

function readMap(file: string): SourceMap | undefined {
  const { readFileSync } = process.getBuiltinModule('node:fs');
  const { SourceMap } = process.getBuiltinModule('node:module');
  try {
    const [, url] = /^\/\/[#@] sourceMappingURL=(\S+)\s*$/mu.exec(readFileSync(file, 'utf8')) ?? [];
    if (url === undefined) return undefined;
    const [, inline] = /^data:application\/json[^,]*;base64,(.*)$/u.exec(url) ?? [];
    const text = inline === undefined ? readFileSync(pathOf(url, file), 'utf8') : Buffer.from(inline, 'base64').toString();
    const payload: unknown = JSON.parse(text);
    return isPayload(payload) ? new SourceMap(payload) : undefined;
  } catch {
    return undefined;
  }
}

function isPayload(value: unknown): value is SourceMapPayload {
  return typeof value === 'object' && value !== null && 'mappings' in value && 'sources' in value;
}
