import * as typescriptParser from '@typescript-eslint/parser';
import { Linter } from 'eslint';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import plugin from '../../packages/eslint-plugin/src/index.ts';
import { fixtures, type Fixture } from './fixture.ts';
import { writeReportOf } from './reported.ts';

const programs = fixtures();
const ruleIds = Object.keys(plugin.rules);
const strict = plugin.configs.strict.rules;

const folder = mkdtempSync(join(tmpdir(), 'lifeguard-fixtures-'));
const reports = join(folder, 'leaks.jsonl');
writeReportOf(programs, ({ name }) => `src/${name}`, reports);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('the fixtures', () => {
  it.each(programs.map((fixture) => [fixture.name, fixture] as const))('find what is marked in %s', (_name, fixture) => {
    expect(findingsIn(fixture)).toEqual(fixture.expected);
  });

  it('show every message of every rule', () => {
    const missing = Object.entries(plugin.rules).flatMap(([id, rule]) => {
      const seen = shown(id);
      return Object.keys(rule.meta.messages)
        .filter((message) => !seen.has(message) && !needsAnOption.has(message))
        .map((message) => `${id}: ${message}`);
    });
    expect(missing).toEqual([]);
  });

  it.each(ruleIds)('hold a program for each kind of code for %s', (id) => {
    const has = new Set(programs.filter(({ folder }) => folder === id).map(({ name }) => kindOf(name)));
    expect([...kinds].filter((kind) => !has.has(kind))).toEqual([]);
  });

  it('belong to a rule each, or are clean', () => {
    const known = new Set([...ruleIds, 'clean']);
    expect(programs.filter(({ folder }) => !known.has(folder))).toEqual([]);
  });
});

/** What every rule is tried on. */
const kinds = ['normal', 'throw', 'callback', 'promise', 'ownership', 'null', 'loop', 'finally', 'using', 'driver'] as const;

function kindOf(name: string): string {
  return /\/(\w+)/u.exec(name)?.[1] ?? '';
}

/** A message that only an option brings; the rule's own test has it. */
const needsAnOption: ReadonlySet<string> = new Set(['noSuchOption']);

/** The messages of a rule that its programs bring about, at findings and at their suggestions. */
function shown(id: string): ReadonlySet<string> {
  const messages = programs.filter(({ folder }) => folder === id).flatMap(lint);
  return new Set(
    messages.flatMap(({ messageId, suggestions = [] }) => [messageId ?? '', ...suggestions.map((one) => one.messageId ?? '')]),
  );
}

/** Lints a fixture with its own rule, or with all of `strict` where it is clean. */
function lint({ folder, name, text }: Fixture): readonly Linter.LintMessage[] {
  const rules = folder === 'clean' ? strict : { [`lifeguard/${folder}`]: strict[`lifeguard/${folder}`] ?? 'error' };
  const config = {
    files: ['**/*.js', '**/*.ts'],
    plugins: { lifeguard: plugin },
    rules,
    settings: folder === 'runtime-leak' ? { lifeguard: { reports } } : {},
    languageOptions: name.endsWith('.ts')
      ? { parser: typescriptParser }
      : { parserOptions: { ecmaFeatures: { jsx: true } } },
  };
  // Not the fixture's own path: rules spare what lies in a folder of tests.
  return new Linter({ cwd: '/' }).verify(text, config, { filename: `/src/${name}` });
}

/** `messageId@line` of each finding, in the order of the marks. */
function findingsIn(fixture: Fixture): readonly string[] {
  return lint(fixture)
    .map(({ messageId, message, line }) => ({ mark: `${messageId ?? message}@${line}`, line }))
    .sort((a, b) => a.line - b.line || (a.mark < b.mark ? -1 : 1))
    .map(({ mark }) => mark);
}
