import { execFile } from 'node:child_process';
import { mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The name under which a version of ESLint is installed in this repository. */
export type Host = 'eslint' | 'eslint-9' | 'eslint-9-latest';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** What a user's project is compiled with: the strictest of what users set. */
const compilerOptions = {
  target: 'es2022',
  module: 'nodenext',
  strict: true,
  exactOptionalPropertyTypes: true,
  noUncheckedIndexedAccess: true,
  noEmit: true,
  skipLibCheck: true,
  types: [],
};

/** Compiles an `eslint.config.ts` of a project that has this ESLint and the built plugin; returns the errors. */
export function compileConfig(name: string, host: Host, text: string): Promise<readonly string[]> {
  const folder = join(root, 'node_modules/.cache/lifeguard-typed', `${name}-${host}`);
  rmSync(folder, { recursive: true, force: true });
  link(folder, 'eslint', `node_modules/${host}`);
  link(folder, '@lifeguard/eslint-plugin', 'packages/eslint-plugin');
  link(folder, 'typescript-eslint', 'node_modules/typescript-eslint');
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }\n');
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions, files: ['eslint.config.ts'] }));
  writeFileSync(join(folder, 'eslint.config.ts'), text);
  return new Promise((resolve) => {
    const compiler = join(root, 'node_modules/typescript/bin/tsc');
    execFile(process.execPath, [compiler, '--pretty', 'false'], { cwd: folder }, (error, stdout, stderr) => {
      const lines = `${stdout}${stderr}`.split('\n').filter((line) => line !== '');
      resolve(error === null || lines.length > 0 ? lines : [error.message]);
    });
  });
}

function link(folder: string, name: string, target: string): void {
  const at = join(folder, 'node_modules', name);
  mkdirSync(dirname(at), { recursive: true });
  symlinkSync(join(root, target), at, 'junction');
}
