// A thread, because nothing else can stop a linter that hangs. JavaScript, because Node 20 runs no other.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parentPort, workerData } from 'node:worker_threads';
import { ESLint } from 'eslint';

const { root, files } = /** @type {{ root: string, files: readonly string[] }} */ (workerData);
const preset = new URL('../../packages/cli/dist/config/strict.js', import.meta.url);
const eslint = new ESLint({ cwd: root, overrideConfigFile: fileURLToPath(preset) });

for (const file of files) {
  parentPort?.postMessage({ starts: file });
  try {
    await eslint.lintText(readFileSync(file, 'utf8'), { filePath: file });
  } catch (error) {
    parentPort?.postMessage({ crashed: file, why: error instanceof Error ? error.stack : String(error) });
  }
}
