import { readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { marksIn, type Mark } from './mark.ts';

/** A program of `test/leaks` or `test/clean`, which both halves look at. */
export interface Program {
  /** From `test`, for titles: `leaks/pg/early-return`. */
  readonly name: string;
  /** What it is a program for: the name of a folder, `pg`. */
  readonly driver: string;
  /** Its own name: `early-return`. */
  readonly title: string;
  readonly file: string;
  readonly text: string;
  readonly marks: readonly Mark[];
}

const root = fileURLToPath(new URL('..', import.meta.url));

/** All programs of a folder of `test`, by driver and name; those in a folder `shared` are imported by others. */
export function programsIn(folder: string): readonly Program[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.ts') && !path.split(sep).includes('shared'))
    .sort()
    .map((path) => programAt(join(folder, path)));
}

function programAt(path: string): Program {
  const file = join(root, path);
  const name = path.replace(/\.ts$/u, '').replaceAll(sep, '/');
  const text = readFileSync(file, 'utf8');
  return { name, driver: basename(dirname(file)), title: basename(name), file, text, marks: marksIn(text) };
}
