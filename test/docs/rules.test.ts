import * as typescriptParser from '@typescript-eslint/parser';
import { Linter } from 'eslint';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import plugin from '../../packages/eslint-plugin/src/index.ts';
import { ruleIds, rulePath } from '../generate/rules.ts';
import { writeProject } from './project.ts';
import { readPage, statedIn, withoutStated, type Sample, type Stated } from './page.ts';

const headings = [
  'Why',
  'Incorrect',
  'Correct',
  'Options',
  'What it does not see',
  'When not to use it',
  'Further reading',
];

describe.each(ruleIds)('the page of %s', (id) => {
  const page = readPage(rulePath(id));
  const inSection = (name: string): [string, Sample][] =>
    page.samples
      .filter(({ section }) => section === name)
      .map((sample) => [`the sample on line ${sample.line}`, sample]);

  it('has the headings of every page, in their order', () => {
    expect(page.headings).toEqual([`# lifeguard/${id}`, ...headings.map((heading) => `## ${heading}`)]);
  });

  it('leads to something further', () => {
    expect(page.text.slice(page.text.indexOf('## Further reading'))).toMatch(/\]\(https:/u);
  });

  it('has samples of both kinds', () => {
    expect(inSection('Incorrect')).not.toEqual([]);
    expect(inSection('Correct')).not.toEqual([]);
  });

  const reports = reportsOf(id, page.samples);

  it.each(inSection('Incorrect'))('states what the rule reports in %s', (_title, sample) => {
    const stated = statedIn(sample.code);
    expect(stated).not.toEqual([]);
    expect(lint(sample, { [`lifeguard/${id}`]: 'error' }, reports)).toEqual(stated);
  });

  it.each(inSection('Correct'))('shows what no rule of the strict preset reports in %s', (_title, sample) => {
    expect(lint(sample, plugin.configs.strict.rules, reports)).toEqual([]);
  });

  it.each(inSection('What it does not see'))('is honest about %s', (_title, sample) => {
    expect(lint(sample, { [`lifeguard/${id}`]: 'error' }, reports)).toEqual([]);
  });
});

it('an option that a page promises to report more does so', () => {
  const [sample] = readPage(rulePath('require-release-on-throw')).samples.filter(
    ({ section }) => section === 'What it does not see',
  );
  if (sample === undefined) throw new Error('The page has no such sample.');
  expect(
    lint(sample, { 'lifeguard/require-release-on-throw': ['error', { exceptionalPaths: 'calls' }] }),
  ).toHaveLength(1);
});

/** Where the reports lie that a page shows. */
function reportsOf(id: string, samples: readonly Sample[]): readonly string[] {
  const shown = samples.filter(({ language }) => language === 'jsonl');
  const cwd = writeProject(id, Object.fromEntries(shown.map(({ file = '', code }) => [file, code])));
  return shown.map(({ file = '' }) => join(cwd, file));
}

function lint({ code, language }: Sample, rules: object, reports: readonly string[] = []): readonly Stated[] {
  if (language !== 'js' && language !== 'ts') throw new Error(`A sample is js or ts, not ${language}.`);
  const linter = new Linter({ cwd: '/' });
  const parser = language === 'ts' ? { parser: typescriptParser } : {};
  const config: Linter.Config = {
    files: [`**/*.${language}`],
    plugins: { lifeguard: plugin },
    rules,
    settings: { lifeguard: { reports } },
    languageOptions: parser,
    linterOptions: { reportUnusedDisableDirectives: 'error' },
  };
  const messages = linter.verify(withoutStated(code), config, {
    filename: `/src/sample.${language}`,
  });
  return messages.map(({ line, message }) => ({ line, message }));
}
