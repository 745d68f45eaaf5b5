import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { leftovers } from './leftover.ts';

const root = fileURLToPath(new URL('../', import.meta.url));
const files = ['oracle/found', 'fixtures'].flatMap((folder) =>
  existsSync(join(root, folder))
    ? readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
        .filter((path) => ['.js', '.ts'].includes(extname(path)))
        .map((path) => join(folder, path))
    : [],
);

describe('Every suggestion for a fixture parses and leaves nothing to its rule.', () => {
  it.each(files)('%s', (file) => {
    const text = readFileSync(join(root, file), 'utf8');
    const parsers = extname(file) === '.ts' ? (['typescript'] as const) : (['espree', 'typescript'] as const);
    for (const parser of parsers) expect(leftovers(text, parser)).toEqual([]);
  });
});
