import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { absolute, generated } from '../generate/generate.ts';
import { ruleIds } from '../generate/rules.ts';

describe('what is generated', () => {
  it.each(generated.map(({ path, text }) => [path, text] as const))(
    'is fresh in %s; `pnpm generate` writes it anew',
    async (path, text) => {
      await expect(text()).toMatchFileSnapshot(absolute(path));
    },
  );

  it('includes a page for every rule, and no page is left over', () => {
    const pages = readdirSync(absolute('docs/rules')).map((name) => name.replace(/\.md$/u, ''));
    expect(pages.toSorted()).toEqual([...ruleIds].toSorted());
  });
});
