import { readdirSync, realpathSync, statSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const store = fileURLToPath(new URL('../../node_modules/.pnpm', import.meta.url));
const isCode = /(?<!\.d)\.[cm]?[jt]sx?$/u;
/** Bundles beyond this take the parser seconds and show nothing new. */
const largest = 512 * 1024;

/** Every JavaScript and TypeScript file that is installed, in a fixed order. */
export function installedFiles(): string[] {
  const files: string[] = [];
  const pending = [realpathSync(store)];
  for (let folder = pending.pop(); folder !== undefined; folder = pending.pop()) {
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      const target = path.join(folder, entry.name);
      if (entry.isDirectory()) pending.push(target);
      else if (entry.isFile() && isCode.test(entry.name) && statSync(target).size <= largest) {
        files.push(target);
      }
    }
  }
  return files.sort();
}

/** At most `count` of the files, spread evenly, so that the choice is the same in every run. */
export function spread(files: readonly string[], count: number): string[] {
  const every = Math.max(1, files.length / count);
  const chosen: string[] = [];
  for (let index = 0; index < files.length; index += every) {
    const file = files[Math.floor(index)];
    if (file !== undefined) chosen.push(file);
  }
  return chosen;
}
