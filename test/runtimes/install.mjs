import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The major versions of Node, beside the one that runs, on which the guard is tried. */
export const majors = [22, 24, 26];

/**
 * A folder of their own: as dependencies, their `node` would go before the one on the PATH in every script.
 * Who wants newer ones removes it.
 */
const cache = fileURLToPath(new URL('../../.runtimes/', import.meta.url));

/**
 * The path of a Node of this major version, which is installed from npm at the first call.
 *
 * @param {number} major
 * @returns {string}
 * @throws {Error} When npm cannot install it.
 */
export function runtime(major) {
  const folder = join(cache, String(major));
  if (!existsSync(folder)) install(major, folder);
  return binary(folder);
}

/**
 * Installs beside the folder and moves it there when it is whole, so that no other process finds a half.
 *
 * @param {number} major
 * @param {string} folder
 */
function install(major, folder) {
  mkdirSync(cache, { recursive: true });
  const made = mkdtempSync(join(cache, 'new-'));
  try {
    writeFileSync(join(made, 'package.json'), '{ "private": true }\n');
    const flags = ['--ignore-scripts', '--no-audit', '--no-fund', '--no-package-lock', '--loglevel=error'];
    execFileSync('npm', ['install', ...flags, `${platformPackage()}@${major}`], { cwd: made, stdio: ['ignore', 'ignore', 'inherit'], shell: process.platform === 'win32' });
    if (!existsSync(folder)) renameSync(made, folder);
  } finally {
    rmSync(made, { recursive: true, force: true });
  }
}

/**
 * The package that `node` of npm has its install script fetch, by the same rule.
 *
 * @returns {string}
 */
function platformPackage() {
  const { platform, arch } = process;
  const prefix = platform === 'darwin' && arch === 'arm64' ? 'node-bin' : 'node';
  return `${prefix}-${platform === 'win32' ? 'win' : platform}-${arch === 'ia32' ? 'x86' : arch}`;
}

/**
 * @param {string} folder
 * @returns {string}
 */
function binary(folder) {
  const installed = join(folder, 'node_modules', platformPackage());
  /** @type {{ bin: { node: string } }} */
  const manifest = JSON.parse(readFileSync(join(installed, 'package.json'), 'utf8'));
  return join(installed, manifest.bin.node);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  for (const major of majors) console.log(`${major} ${runtime(major)}`);
}
