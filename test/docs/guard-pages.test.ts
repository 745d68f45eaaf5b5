import { describe, expect, it } from 'vitest';
import { codes, eventTypes, LifeguardError } from '../../packages/guard/dist/index.js';
import { readOptions } from '../../packages/guard/src/options.ts';
import { documentedOptions } from '../generate/guard.ts';
import { readPage } from './page.ts';

describe('the page of events', () => {
  const { text, headings } = readPage('docs/events.md');

  it('has a section for every type', () => {
    for (const type of eventTypes) expect(headings).toContain(`## ${type}`);
  });

  it('says something of every member', () => {
    expect(text.split('\n').filter((line) => line.startsWith('|') && /\| *\|/u.test(line))).toEqual([]);
  });
});

describe('the page of options', () => {
  const { text } = readPage('docs/options.md');
  const had: object = readOptions();

  it('says something of every option', () => {
    expect(text.split('\n').filter((line) => line.startsWith('|') && /\| *\|/u.test(line))).toEqual([]);
  });

  it.each<[string, object]>([
    ['GuardOptions', had],
    ['ReclaimOptions', Reflect.get(had, 'reclaim') as object],
    ['PingOptions', Reflect.get(had, 'ping') as object],
  ])('names the defaults that %s has', (name, defaults) => {
    const simple = documentedOptions(name)
      .map((option) => ({ ...option, default: option.default?.replaceAll('`', '').replace(/(?<=\d),(?=\d)/gu, '') ?? '' }))
      .filter((option) => /^(?:'[\w-]+'|\d+|false|true)(?:,|$)/u.test(option.default) && option.name !== 'reclaim');
    expect(simple.length).toBeGreaterThan(2);
    for (const option of simple) {
      const [said] = option.default.split(',');
      const value: unknown = Reflect.get(defaults, option.name);
      expect([option.name, said]).toEqual([option.name, typeof value === 'string' ? `'${value}'` : String(value)]);
    }
  });
});

describe('the page of errors', () => {
  const { text, headings } = readPage('docs/errors.md');

  it('has one section for every code, and no other', () => {
    expect(headings.filter((heading) => heading.startsWith('## ')).map((heading) => heading.slice(3))).toEqual(codes);
  });

  it.each(codes)('says what to do about %s as the error does', (code) => {
    const { message } = new LifeguardError(code, '');
    const remedy = message.replace(/ https:.*$/u, '').trim();
    const section = text.slice(text.indexOf(`\n## ${code}\n`)).split('\n## ')[1] ?? '';
    expect(section).toContain(`**${remedy}**`);
  });
});
