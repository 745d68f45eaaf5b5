import * as typescriptParser from '@typescript-eslint/parser';
import { Linter as Linter10 } from 'eslint';
import type { Linter } from 'eslint';
import { Linter as Linter9 } from 'eslint-9';
import { Linter as Linter9Latest } from 'eslint-9-latest';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fixtures } from '../rules/fixture.ts';
import { writeReportOf } from '../rules/reported.ts';
import { linesOf, type Finding } from './finding.ts';
import { lintWithOxlint } from './oxlint.ts';
import { builtPlugin } from './plugin.ts';

const programs = fixtures();
const plugin = await builtPlugin();
const { rules } = plugin.configs.strict;

/** All that the hosts share of ESLint's `Linter`. */
type Verify = (text: string, config: Linter.Config[], filename: string) => Linter.LintMessage[];

/** Does the host's own parser read a program? */
type Parses = (name: string, text: string) => boolean;

const parsesJavaScript: Parses = (name) => name.endsWith('.js');
/** The parser of ESLint 9.15 does not know `using`: who writes it there has another parser. */
const parsesWithoutUsing: Parses = (name, text) => name.endsWith('.js') && !/\busing \w/u.test(text);

const versions: readonly (readonly [string, (cwd: string) => Verify, Parses])[] = [
  ['ESLint 9.15', (cwd) => (text, config, filename) => new Linter9({ cwd }).verify(text, config as never, filename), parsesWithoutUsing],
  ['ESLint 9.39', (cwd) => (text, config, filename) => new Linter9Latest({ cwd }).verify(text, config, filename), parsesJavaScript],
];

const settings = { lifeguard: { reports: 'leaks.jsonl' } };

let folder = '';
let expected: readonly string[] = [];

beforeAll(() => {
  // Outside of the folder of tests: rules spare what lies in one.
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'lifeguard-hosts-')));
  for (const { name, text } of programs) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  writeReportOf(programs, ({ name }) => name, join(folder, settings.lifeguard.reports));
  const linter = new Linter10({ cwd: folder });
  expected = linesOf(lintAll((text, config, filename) => linter.verify(text, config, filename)));
});

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

describe('every host', () => {
  it('has something to compare', () => {
    expect(expected.length).toBeGreaterThan(200);
    expect(expected.filter((line) => line.includes('lifeguard/runtime-leak'))).toHaveLength(10);
    expect(expected.filter((line) => !/ lifeguard\/[a-z-]+: /u.test(line))).toEqual([]);
  });

  it.each(versions)('finds the same as ESLint 10.15: %s', (_name, linterIn, parses) => {
    expect(linesOf(lintAll(linterIn(folder), parses))).toEqual(expected);
  });

  it('finds the same as ESLint 10.15: oxlint', () => {
    expect(linesOf(lintWithOxlint(folder, rules, settings))).toEqual(expected);
  });
});

function lintAll(verify: Verify, parses = parsesJavaScript): readonly Finding[] {
  return programs.flatMap(({ name, text }) => {
    const config: Linter.Config = {
      files: ['**/*.js', '**/*.ts'],
      plugins: { lifeguard: plugin },
      rules,
      settings,
      languageOptions: parses(name, text)
        ? { parserOptions: { ecmaFeatures: { jsx: true } } }
        : { parser: typescriptParser },
    };
    return verify(text, [config], join(folder, name)).map(({ line, column, ruleId, message }) => ({
      file: name,
      line,
      column,
      ruleId: ruleId ?? 'none',
      message,
    }));
  });
}
