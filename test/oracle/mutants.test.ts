import { cpSync, mkdtempSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath, pathToFileURL } from 'node:url';
import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { program } from './arbitrary.ts';
import { compare } from './compare.ts';
import { linterIn, type Lint } from './lint.ts';
import { print } from './print.ts';
import { allowedNoise, Tally } from './tally.ts';

const plugin = new URL('../../packages/eslint-plugin/', import.meta.url);
/** Inside the plugin's own modules, so that a copy finds what the original imports. */
const cache = fileURLToPath(new URL('node_modules/.cache/', plugin));
const copies: string[] = [];

afterEach(() => {
  for (const copy of copies.splice(0)) rmSync(copy, { recursive: true });
});

interface Mutation {
  readonly title: string;
  readonly file: string;
  readonly from: string;
  readonly to: string;
}

const mutations: readonly Mutation[] = [
  {
    title: 'in which an await cannot throw',
    file: 'obligations/step.js',
    from: "if (tier === 1 || run.policy === 'all' && tier === 3)",
    to: "if (run.policy === 'all' && tier === 3)",
  },
  {
    title: 'in which a return does not run the finally around it',
    file: 'graph/flow.js',
    from: "if (frame.kind === 'finally')",
    to: "if (frame.kind === 'finally' && way !== 'return')",
  },
  {
    title: 'in which a null check goes the wrong way',
    file: 'obligations/conditions.js',
    from: "if (leads && state.status !== 'unopened')",
    to: "if (!leads && state.status !== 'unopened')",
  },
];

describe('the oracle notices an engine', () => {
  it.each(mutations)('$title', async (mutation) => {
    const lint = await broken(mutation);
    const tally = new Tally();
    for (const source of fc.sample(program.map(print), { seed: 20_261_121, numRuns: 300 })) {
      tally.add(await compare(source, 'await', lint), () => source);
    }
    expect(tally.missed > 0 || tally.noise >= allowedNoise, String(tally)).toBe(true);
  });
});

/** The built plugin with one place changed. */
async function broken({ file, from, to }: Mutation): Promise<Lint> {
  mkdirSync(cache, { recursive: true });
  const copy = mkdtempSync(`${cache}mutant-`);
  copies.push(copy);
  cpSync(new URL('dist/', plugin), copy, { recursive: true });
  writeFileSync(`${copy}/package.json`, '{ "type": "module" }');
  const text = readFileSync(`${copy}/${file}`, 'utf8');
  expect(text.split(from), `places in ${file}`).toHaveLength(2);
  writeFileSync(`${copy}/${file}`, text.replace(from, () => to));
  return linterIn(pathToFileURL(`${copy}/`));
}
