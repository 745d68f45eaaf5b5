import { execFile } from 'node:child_process';
import { mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { absolute } from '../generate/generate.ts';

/** A folder with the files of a section, in which the plugin is installed. */
export function writeProject(name: string, files: Readonly<Record<string, string>>): string {
  const folder = absolute(`node_modules/.cache/lifeguard-docs/${name.toLowerCase().replaceAll(/\W+/gu, '-')}`);
  rmSync(folder, { recursive: true, force: true });
  const scope = join(folder, 'node_modules/@lifeguard');
  mkdirSync(scope, { recursive: true });
  symlinkSync(absolute('packages/eslint-plugin'), join(scope, 'eslint-plugin'), 'junction');
  for (const [path, text] of Object.entries({ 'package.json': '{ "type": "module" }\n', ...files })) {
    const file = join(folder, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
  return folder;
}

/** What a command ended with. */
export interface Ended {
  readonly code: number;
  readonly output: string;
}

const programs: Readonly<Record<string, string>> = {
  eslint: 'node_modules/eslint/bin/eslint.js',
  lifeguard: 'packages/cli/dist/bin.js',
  oxlint: 'node_modules/oxlint/bin/oxlint',
};

/** Runs a command of the docs, `npx eslint …` or `npx lifeguard …`, with this repository's programs. */
export function runCommand(command: string, cwd: string): Promise<Ended> {
  const [npx, name = '', ...args] = command.split(' ');
  const program = programs[name];
  if (npx !== 'npx' || program === undefined) throw new Error(`The docs show an unknown command: ${command}`);
  return new Promise((resolve) => {
    execFile(process.execPath, [absolute(program), ...args], { cwd }, (error, stdout, stderr) => {
      const code = error === null ? 0 : typeof error.code === 'number' ? error.code : -1;
      resolve({ code, output: `${stdout}${stderr}` });
    });
  });
}
