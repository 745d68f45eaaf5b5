import { describe, expect, it } from 'vitest';
import { packageNames } from '../package/packed.ts';
import { readPage } from './page.ts';

/** The pages whose samples other tests load, lint and run. */
const proved = ['README.md', 'docs/lint.md', 'docs/guard.md'].flatMap((path) => readPage(path).samples);
const commands = new Set(proved.filter(({ language }) => language === 'sh').flatMap(({ code }) => code.trim().split('\n')));

describe.each(packageNames)('the README of %s', (name) => {
  const { text, samples } = readPage(`packages/${name}/README.md`);

  it('shows only what stands on a page of the docs, where it is proved', () => {
    const shown = samples.filter(({ language }) => language !== 'sh').map(({ code }) => code);
    expect(proved.map(({ code }) => code)).toEqual(expect.arrayContaining(shown));
    const called = samples.filter(({ language }) => language === 'sh').flatMap(({ code }) => code.trim().split('\n'));
    expect([...commands]).toEqual(expect.arrayContaining(called));
  });

  it('links to nothing that npm would not find', () => {
    expect(text).not.toMatch(/\]\((?!https:)/u);
  });
});
