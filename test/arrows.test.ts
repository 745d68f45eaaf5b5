import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { describe, expect, test } from 'vitest';

const packages = fileURLToPath(new URL('../packages', import.meta.url));

/** What each package may import of the others. */
const dependencies: Readonly<Record<string, readonly string[]>> = {
  catalogue: [],
  'eslint-plugin': ['catalogue'],
  guard: ['catalogue'],
  cli: ['catalogue', 'eslint-plugin', 'guard'],
};

/** What each folder may import of the others of its package; a file of the root has no folder. */
const stages: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {
  catalogue: { drivers: [] },
  'eslint-plugin': {
    read: [],
    graph: ['read'],
    obligations: ['read', 'graph'],
    report: ['read', 'graph', 'obligations'],
    records: ['read'],
    rules: ['read', 'graph', 'obligations', 'report', 'records'],
  },
  guard: {
    adapt: [],
    lease: ['adapt'],
    watch: ['adapt', 'lease'],
    event: ['adapt', 'lease', 'watch'],
    sinks: ['event'],
    register: ['adapt'],
    runners: ['adapt', 'lease', 'watch', 'event'],
  },
  cli: {
    find: [],
    finding: [],
    config: [],
    lint: ['config'],
    format: ['finding', 'lint'],
    reported: ['find', 'finding'],
    check: ['find', 'finding', 'lint', 'format', 'reported'],
    report: ['finding', 'format', 'check', 'reported'],
    demo: ['finding', 'lint', 'format', 'check'],
  },
};

/** Whom only the files of a package's root may import. */
const last = new Set(['rules', 'sinks', 'demo', 'runners']);

interface Import {
  /** From the package's `src`. */
  readonly from: string;
  readonly specifier: string;
}

describe.each(Object.keys(dependencies))('%s', (name) => {
  const source = path.join(packages, name, 'src');
  const imports = readdirSync(source, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .flatMap((file) => importsOf(source, file));
  const own = imports.filter(({ specifier }) => specifier.startsWith('.'));

  test('has only folders that are stages', () => {
    const folders = readdirSync(source, { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map((entry) => entry.name);
    expect(folders.filter((folder) => stages[name]?.[folder] === undefined)).toEqual([]);
  });

  test('imports only the packages below it', () => {
    const allowed = (dependencies[name] ?? []).map((other) => `@lifeguard/${other}`);
    const others = imports
      .filter(({ specifier }) => /^(?:@lifeguard\/|lifeguard$)/u.test(specifier))
      .filter(({ specifier }) => !allowed.some((one) => specifier === one || specifier.startsWith(`${one}/`)));
    expect(others).toEqual([]);
  });

  test('stays within its own folder', () => {
    expect(own.filter((one) => targetOf(one).startsWith('..'))).toEqual([]);
  });

  test('has stages that import only earlier stages', () => {
    const against = own.filter((one) => {
      const [from, to] = [folderOf(one.from), folderOf(targetOf(one))];
      if (to === undefined) return targetOf(one) === 'index.ts';
      if (from === to) return false;
      return from !== undefined && !(stages[name]?.[from] ?? []).includes(to);
    });
    expect(against).toEqual([]);
  });

  test('has a last stage that only its root imports', () => {
    const against = own.filter((one) => {
      const [from, to] = [folderOf(one.from), folderOf(targetOf(one))];
      return to !== undefined && last.has(to) && from !== to && from !== undefined;
    });
    expect(against).toEqual([]);
  });
});

test('the catalogue and the core of the guard import no package', () => {
  for (const name of ['catalogue', 'guard']) {
    const source = path.join(packages, name, 'src');
    const files = readdirSync(source, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'));
    expect(files.length).toBeGreaterThan(0);
    const strangers = files
      .flatMap((file) => importsOf(source, file))
      .filter(({ specifier }) => !/^(?:\.|node:|@lifeguard\/catalogue$)/u.test(specifier))
      // The subpath of a test runner may use its own runner.
      .filter(({ from, specifier }) => from !== `runners/${specifier}.ts`);
    expect(strangers).toEqual([]);
  }
});

test('the core of the guard imports nothing that is for a test runner', () => {
  const source = path.join(packages, 'guard', 'src');
  const imports = readdirSync(source, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && folderOf(file.split(path.sep).join('/')) !== 'runners')
    .flatMap((file) => importsOf(source, file));
  expect(imports.length).toBeGreaterThan(0);
  expect(imports.filter((one) => one.specifier.startsWith('.') && folderOf(targetOf(one)) === 'runners')).toEqual([]);
});

function importsOf(source: string, file: string): Import[] {
  const text = readFileSync(path.join(source, file), 'utf8');
  const from = file.split(path.sep).join('/');
  return ts.preProcessFile(text).importedFiles.map(({ fileName }) => ({ from, specifier: fileName }));
}

function targetOf({ from, specifier }: Import): string {
  return path.posix.join(path.posix.dirname(from), specifier);
}

function folderOf(file: string): string | undefined {
  return file.includes('/') ? file.split('/')[0] : undefined;
}
