import { execFile } from 'node:child_process';
import { accessSync, constants, existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

/** A server's program, and the Debian package that has it. */
export interface Program {
  readonly names: readonly string[];
  readonly package: string;
}

/**
 * The path of a program, which is installed first where that can be done: as root on Debian.
 *
 * @returns `undefined`, after a warning of what is skipped, when the program is missing.
 * @throws Error instead of the warning in continuous integration (`CI=true`): there, nothing is skipped.
 */
export async function findProgram(program: Program): Promise<string | undefined> {
  const here = onPath(program.names);
  if (here !== undefined) return here;
  const failure = await install(program);
  const installed = onPath(program.names);
  if (installed !== undefined) return installed;
  const missing = `${program.names.join(' or ')} is not on the PATH, and ${failure}.`;
  if (process.env['CI'] === 'true') throw new Error(missing);
  console.warn(`SKIPPED: every test that needs ${program.names.join(' or ')}. ${missing}`);
  return undefined;
}

/** Test files run side by side; the lock on apt's own folder lets one of them install. */
async function install(program: Program): Promise<string> {
  if (process.getuid?.() !== 0 || !existsSync('/etc/debian_version')) return `only root on Debian has it installed here (apt-get install ${program.package})`;
  const script = fileURLToPath(new URL('install.sh', import.meta.url));
  try {
    await promisify(execFile)('flock', ['/var/cache/apt', 'sh', script, program.package, ...program.names], { cwd: '/' });
    return 'its package does not bring it';
  } catch (error) {
    return `its package cannot be installed: ${error instanceof Error ? error.message : String(error)}`;
  }
}

/** Servers lie in folders that are on the PATH of root only. */
function onPath(names: readonly string[]): string | undefined {
  const folders = [...(process.env['PATH'] ?? '').split(delimiter), '/usr/local/sbin', '/usr/sbin'];
  return names.flatMap((name) => folders.map((folder) => join(folder, name))).find(canRun);
}

function canRun(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
