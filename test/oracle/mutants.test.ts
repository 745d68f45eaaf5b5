import { mkdtempSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath, pathToFileURL } from 'node:url';
import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { bundle } from '../../packages/bundle.mjs';
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
    file: 'obligations/throwing.ts',
    from: 'return !isSettled(run, node.ast) && !waitsForNothing(run, state, node.ast);',
    to: 'return false;',
  },
  {
    title: 'in which a return does not run the finally around it',
    file: 'graph/flow.ts',
    from: "if (frame.kind === 'finally')",
    to: "if (frame.kind === 'finally' && way !== 'return')",
  },
  {
    title: 'in which what is known of a condition is turned round',
    file: 'obligations/conditions.ts',
    from: 'truth !== undefined && truth !== way',
    to: 'truth !== undefined && truth === way',
  },
];

describe('the oracle notices an engine', () => {
  for (const mutation of mutations) {
    it(mutation.title, async () => {
      const tally = await tallyOf(await broken(mutation));
      expect(tally.missed > 0 || tally.noise >= allowedNoise, String(tally)).toBe(true);
    });
  }
});

it('On the same programs the oracle has nothing to say against the engine as it is', async () => {
  const tally = await tallyOf(await linterIn(new URL('dist/', plugin)));
  expect(tally.missed > 0 || tally.noise >= allowedNoise, String(tally)).toBe(false);
});

/** Up to the first leak the linter misses. */
async function tallyOf(lint: Lint): Promise<Tally> {
  const tally = new Tally();
  for (const source of fc.sample(program.map(print), { seed: 20_261_121, numRuns: 150 })) {
    tally.add(await compare(source, 'await', lint), () => source);
    if (tally.missed > 0) break;
  }
  return tally;
}

/** The plugin built with one place changed. */
async function broken({ file, from, to }: Mutation): Promise<Lint> {
  mkdirSync(cache, { recursive: true });
  const copy = mkdtempSync(`${cache}mutant-`);
  copies.push(copy);
  writeFileSync(`${copy}/package.json`, '{ "type": "module" }');
  let places = 0;
  const load = (id: string): { code: string; moduleType: 'ts' } | undefined => {
    if (!id.replaceAll('\\', '/').endsWith(`/eslint-plugin/src/${file}`)) return undefined;
    const code = readFileSync(id, 'utf8');
    places += code.split(from).length - 1;
    return { code: code.replace(from, () => to), moduleType: 'ts' };
  };
  await bundle({ folder: fileURLToPath(plugin), dist: copy, plugins: [{ name: 'mutation', load }] });
  expect(places, `places in ${file}`).toBe(1);
  return linterIn(pathToFileURL(`${copy}/`));
}
