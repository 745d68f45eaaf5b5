import { readdirSync, statSync } from 'node:fs';
import { join, resolve, sep } from 'node:path';

/** The report files that patterns lead to. */
export interface ReportFiles {
  /** Absolute paths, each once, in the order in which they were written, as far as their names tell. */
  readonly files: readonly string[];
  /** Patterns that lead to no file. */
  readonly missing: readonly string[];
}

/** What a folder is searched for. */
const reportName = /\.jsonl(?:\.gz)?$/u;
/** Marks of a glob: `*`, `?` and `{one,other}`; what else a shell knows is none. */
const glob = /[*?{]/u;

/**
 * Finds report files: a file by its path whatever its name, all `.jsonl` and `.jsonl.gz` in a folder
 * and below it, and what a glob matches (`*`, `**`, `?`, `{one,other}`).
 *
 * @param cwd - Where relative patterns start.
 */
export function reportFilesOf(patterns: readonly string[], cwd: string): ReportFiles {
  const files = new Set<string>();
  const missing: string[] = [];
  for (const pattern of patterns) {
    const found = filesOf(pattern, cwd);
    if (found.length === 0) missing.push(pattern);
    for (const file of found) files.add(file);
  }
  return { files: [...files], missing };
}

function filesOf(pattern: string, cwd: string): readonly string[] {
  const path = resolve(cwd, pattern);
  const kind = kindOf(path);
  if (kind === 'file') return [path];
  if (kind === 'folder') return filesBelow(path).filter((file) => reportName.test(file)).sort();
  if (!glob.test(pattern)) return [];
  const parts = path.split(sep).join('/').split('/');
  const fixed = parts.slice(0, parts.findIndex((part) => glob.test(part))).join('/');
  const matches = matcherOf(parts.join('/'));
  return filesBelow(fixed === '' ? '/' : fixed).filter((file) => matches.test(file.split(sep).join('/'))).sort();
}

function kindOf(path: string): 'file' | 'folder' | undefined {
  try {
    const stat = statSync(path, { throwIfNoEntry: false });
    return stat === undefined ? undefined : stat.isDirectory() ? 'folder' : 'file';
  } catch {
    // A file where a folder is asked for, a folder nobody may read.
    return undefined;
  }
}

function filesBelow(folder: string): readonly string[] {
  let entries;
  try {
    entries = readdirSync(folder, { withFileTypes: true });
  } catch {
    return [];
  }
  return entries.flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return entry.name === 'node_modules' || entry.name.startsWith('.') ? [] : filesBelow(path);
    return kindOf(path) === 'file' ? [path] : [];
  });
}

function matcherOf(pattern: string): RegExp {
  const source = pattern.replaceAll(/\*\*\/|\*\*|\*|\?|\{[^{}]*\}|[\\^$.+()[\]{}|]/gu, (found) => {
    if (found === '**/') return '(?:[^/]+/)*';
    if (found === '**') return '.*';
    if (found === '*') return '[^/]*';
    if (found === '?') return '[^/]';
    if (!found.startsWith('{') || !found.endsWith('}')) return `\\${found}`;
    return `(?:${found.slice(1, -1).split(',').map((one) => one.replaceAll(/[\\^$.+()[\]{}|?]/gu, '\\$&').replaceAll('*', '[^/]*')).join('|')})`;
  });
  return new RegExp(`^${source}$`, 'u');
}
