import * as typescriptParser from '@typescript-eslint/parser';
import { Linter } from 'eslint';
import { describe, expect, it } from 'vitest';
import plugin from '../../packages/eslint-plugin/src/index.ts';
import { mendMessages } from '../../packages/eslint-plugin/src/report/mend/suggest.ts';
import { fixtures, type Fixture } from './fixture.ts';

const programs = fixtures();
const ruleIds = Object.keys(plugin.rules);
const strict = plugin.configs.strict.rules ?? {};

describe('the fixtures', () => {
  it.each(programs.map((fixture) => [fixture.name, fixture] as const))('find what is marked in %s', (_name, fixture) => {
    expect(findingsIn(fixture)).toEqual(fixture.expected);
  });

  it('show every message of every rule', () => {
    const missing = Object.entries(plugin.rules).flatMap(([id, rule]) =>
      Object.keys(rule.meta.messages)
        .filter((message) => !shown(id).has(message) && !offers.has(message) && !needsAnOption.has(message))
        .map((message) => `${id}: ${message}`),
    );
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

/** Messages that stand at a suggestion, not at a finding. */
const offers: ReadonlySet<string> = new Set(['addAwait', ...Object.keys(mendMessages)]);

function shown(id: string): ReadonlySet<string> {
  const marks = programs.filter(({ folder }) => folder === id).flatMap(({ expected }) => expected);
  return new Set(marks.map((mark) => mark.slice(0, mark.indexOf('@'))));
}

/** Lints a fixture with its own rule, or with all of `strict` where it is clean. */
function findingsIn({ folder, name, text }: Fixture): readonly string[] {
  const rules = folder === 'clean' ? strict : { [`lifeguard/${folder}`]: strict[`lifeguard/${folder}`] ?? 'error' };
  const config = {
    files: ['**/*.js', '**/*.ts'],
    plugins: { lifeguard: plugin },
    rules,
    languageOptions: name.endsWith('.ts')
      ? { parser: typescriptParser }
      : { parserOptions: { ecmaFeatures: { jsx: true } } },
  };
  // Not the fixture's own path: rules spare what lies in a folder of tests.
  const messages = new Linter({ cwd: '/' }).verify(text, config as never, { filename: `/src/${name}` });
  return messages
    .map(({ messageId, message, line }) => ({ mark: `${messageId ?? message}@${line}`, line }))
    .sort((a, b) => a.line - b.line || (a.mark < b.mark ? -1 : 1))
    .map(({ mark }) => mark);
}
