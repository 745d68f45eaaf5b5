import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll } from 'vitest';

const run = promisify(execFile);

/** The folders of the packages we publish. */
export const packageNames = ['catalogue', 'eslint-plugin', 'guard', 'cli'] as const;

/** Where a package lives in this repository. */
export function folderOf(name: string): string {
  return fileURLToPath(new URL(`../../packages/${name}`, import.meta.url));
}

const made: string[] = [];
afterAll(() => {
  for (const folder of made.splice(0)) rmSync(folder, { recursive: true, force: true });
});

/** Packs a package as it would be published, and returns the file, which is gone after the tests that wanted it. */
export async function pack(name: string): Promise<string> {
  const target = mkdtempSync(path.join(tmpdir(), 'lifeguard-package-'));
  made.push(target);
  // npm would leave `workspace:*` in the dependencies.
  await run('npx', ['-y', 'pnpm@10', 'pack', '--pack-destination', target], { cwd: folderOf(name) });
  const [file] = readdirSync(target);
  if (file === undefined) throw new Error(`npm packed nothing for ${name}`);
  return path.join(target, file);
}
