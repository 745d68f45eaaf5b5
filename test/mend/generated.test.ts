import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { program } from '../oracle/arbitrary.ts';
import { print } from '../oracle/print.ts';
import { leftovers, suggestionsOf } from './leftover.ts';

const programs = fc.sample(program, { numRuns: 200, seed: 20261121 }).map(print);

describe('A suggestion for a generated program', () => {
  it('parses and leaves nothing for its rule to report at the acquire.', () => {
    const found = programs.flatMap((text) => leftovers(text, 'espree').map((problem) => `${problem}\n${text}`));
    expect(found).toEqual([]);
  });

  it('is made often enough for that to mean something.', () => {
    const count = programs.reduce((sum, text) => sum + suggestionsOf(text, 'espree').length, 0);
    expect(count).toBeGreaterThan(40);
  });
});
