import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { isRunningCode } from './code.ts';
import { type IgnoreFiles, isIgnored, withIgnoreFileOf } from './ignore-files.ts';
import { causeOf, obstacleTo } from './obstacle.ts';

/** What a folder holds for us. */
export interface Walked {
  readonly files: string[];
  /** Folders and files left out by rule: `node_modules`, dot folders, `.gitignore`, linked folders. */
  readonly skipped: string[];
  readonly unreadable: { readonly path: string; readonly cause: string }[];
}

/** Collects the code below a folder, in the order of the names. */
export async function walk(folder: string, around: IgnoreFiles): Promise<Walked> {
  const found: Walked = { files: [], skipped: [], unreadable: [] };
  await visit(folder, around, found);
  return found;
}

async function visit(folder: string, around: IgnoreFiles, found: Walked): Promise<void> {
  let entries;
  try {
    entries = await readdir(folder, { withFileTypes: true });
  } catch (error) {
    found.unreadable.push({ path: folder, cause: causeOf(error) });
    return;
  }
  const ignoreFiles = withIgnoreFileOf(folder, around);
  entries.sort((one, other) => (one.name < other.name ? -1 : 1));
  for (const entry of entries) {
    const target = path.join(folder, entry.name);
    if (entry.isDirectory()) {
      const unasked = entry.name === 'node_modules' || entry.name.startsWith('.');
      if (unasked || isIgnored(target, true, ignoreFiles)) {
        found.skipped.push(target);
      } else {
        await visit(target, ignoreFiles, found);
      }
    } else if (entry.isSymbolicLink() && (await isLinkedFolder(target))) {
      // A linked folder may lead in circles or far away; it is checked when it is named.
      found.skipped.push(target);
    } else if (isRunningCode(entry.name)) {
      if (isIgnored(target, false, ignoreFiles)) {
        found.skipped.push(target);
      } else {
        await take(target, found);
      }
    }
  }
}

async function take(file: string, found: Walked): Promise<void> {
  const cause = await obstacleTo(file);
  if (cause === undefined) {
    found.files.push(file);
  } else {
    found.unreadable.push({ path: file, cause });
  }
}

async function isLinkedFolder(target: string): Promise<boolean> {
  try {
    return (await stat(target)).isDirectory();
  } catch {
    return false;
  }
}
