import { dirname, join } from 'node:path';
import ts from 'typescript';
import { expect, test } from 'vitest';

const tests = join(import.meta.dirname, '../..');

test.each([
  ['what a guarded pool lends can be used with `await using`, for every driver and in every form', 'pools.ts', '@types/pg'],
  ['every test runner has the same functions, with the same options', 'runners.ts', 'dist/runners/mocha.d.ts'],
])('%s', (_title, name, used) => {
  const file = join(tests, 'tsconfig.json');
  const { config }: { config?: unknown } = ts.readConfigFile(file, (path) => ts.sys.readFile(path));
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, dirname(file));
  const program = ts.createProgram([join(import.meta.dirname, name)], options);
  expect(program.getSourceFiles().some(({ fileName }) => fileName.includes(used))).toBe(true);
  const problems = ts.getPreEmitDiagnostics(program).map(({ file: at, start = 0, messageText }) => {
    const line = at === undefined ? 0 : at.getLineAndCharacterOfPosition(start).line + 1;
    return `${line}: ${ts.flattenDiagnosticMessageText(messageText, ' ')}`;
  });
  expect(problems).toEqual([]);
}, 120_000);
