import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import ignore, { type Ignore } from 'ignore';

/** The `.gitignore` files in force in one folder, the nearest first. */
export type IgnoreFiles = readonly IgnoreFile[];

interface IgnoreFile {
  readonly folder: string;
  readonly patterns: Ignore;
}

/**
 * The `.gitignore` files above a folder, up to the root of its repository.
 *
 * Empty if they ignore the folder itself: whoever names an ignored folder wants it checked.
 */
export function ignoreFilesAbove(folder: string): IgnoreFiles {
  const above: IgnoreFile[] = [];
  let current = folder;
  while (!existsSync(path.join(current, '.git'))) {
    const parent = path.dirname(current);
    if (parent === current) {
      return [];
    }
    above.push(...ignoreFilesIn(parent));
    current = parent;
  }
  return isIgnored(folder, true, above) ? [] : above;
}

/** The files in force inside a folder, given those in force around it. */
export function withIgnoreFileOf(folder: string, around: IgnoreFiles): IgnoreFiles {
  return [...ignoreFilesIn(folder), ...around];
}

/** Whether git would ignore this path; the nearest file that has an opinion decides. */
export function isIgnored(target: string, isFolder: boolean, files: IgnoreFiles): boolean {
  for (const { folder, patterns } of files) {
    const relative = path.relative(folder, target).split(path.sep).join('/');
    const verdict = patterns.test(isFolder ? `${relative}/` : relative);
    if (verdict.ignored || verdict.unignored) {
      return verdict.ignored;
    }
  }
  return false;
}

function ignoreFilesIn(folder: string): IgnoreFile[] {
  try {
    const text = readFileSync(path.join(folder, '.gitignore'), 'utf8');
    return [{ folder, patterns: ignore().add(text) }];
  } catch {
    return [];
  }
}
