import path from 'node:path';

/** A path as it is printed: from the working directory, with slashes. */
export function shownPath(file: string, cwd: string): string {
  const relative = path.relative(cwd, file);
  return relative.split(path.sep).join('/');
}
