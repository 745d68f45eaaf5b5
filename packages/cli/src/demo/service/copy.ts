import { cpSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

/** The service as it was written. */
const written = fileURLToPath(new URL('../../../demo/orders', import.meta.url));

/** The names of the files of the service. */
export function sourcesIn(folder: string): string[] {
  return readdirSync(folder).filter((name) => name.endsWith('.ts'));
}

/** Makes a folder a place in which copies of the service find their drivers. */
export function prepare(folder: string, drivers: ReadonlyMap<string, string>): void {
  writeFileSync(path.join(folder, 'package.json'), '{ "private": true, "type": "module" }\n');
  const modules = path.join(folder, 'node_modules');
  mkdirSync(modules);
  for (const [name, target] of drivers) {
    symlinkSync(target, path.join(modules, name), 'junction');
  }
}

/** Copies the service, or another copy of it. */
export function copyService(to: string, from: string = written): void {
  mkdirSync(to);
  for (const name of sourcesIn(from)) {
    cpSync(path.join(from, name), path.join(to, name));
  }
}

/** Compiles a copy into its folder `dist`, with source maps, by which the guard names lines. */
export function compile(folder: string): string {
  const dist = path.join(folder, 'dist');
  mkdirSync(dist);
  for (const name of sourcesIn(folder)) {
    const { outputText, sourceMapText = '{}' } = ts.transpileModule(
      readFileSync(path.join(folder, name), 'utf8'),
      {
        fileName: name,
        compilerOptions: {
          module: ts.ModuleKind.ESNext,
          target: ts.ScriptTarget.ES2022,
          sourceMap: true,
        },
      },
    );
    const compiled = path.join(dist, name.replace(/ts$/, 'js'));
    const map = { ...(JSON.parse(sourceMapText) as object), sources: [`../${name}`] };
    writeFileSync(compiled, outputText);
    writeFileSync(`${compiled}.map`, JSON.stringify(map));
  }
  return dist;
}
