import path from 'node:path';

/** Files that one ESLint instance can check: all below its base folder. */
export interface Group {
  readonly base: string;
  readonly files: readonly string[];
}

/**
 * Splits files by the base folder ESLint needs, for it silently ignores whatever lies outside.
 *
 * Files of the working directory keep it as base; the others share the folder they have in
 * common, one for each drive.
 */
export function groupByBase(files: readonly string[], cwd: string): Group[] {
  const byBase = new Map<string, string[]>();
  for (const file of files) {
    const key = isInside(file, cwd) ? cwd : `outside ${path.parse(file).root}`;
    const group = byBase.get(key);
    if (group === undefined) {
      byBase.set(key, [file]);
    } else {
      group.push(file);
    }
  }
  return [...byBase].map(([key, group]) => ({
    base: key === cwd ? cwd : commonFolder(group),
    files: group,
  }));
}

/** Whether a path lies in a folder, at any depth. */
export function isInside(target: string, folder: string): boolean {
  const relative = path.relative(folder, target);
  return relative !== '..' && !relative.startsWith(`..${path.sep}`) && !path.isAbsolute(relative);
}

function commonFolder(files: readonly string[]): string {
  let folder = path.dirname(files[0] ?? '');
  while (!files.every((file) => isInside(file, folder))) {
    folder = path.dirname(folder);
  }
  return folder;
}
