import { readdirSync, readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { compare } from './compare.ts';
import { linterIn, normalRule, throwRule, type Lint } from './lint.ts';
import { policies } from './policy.ts';

const folder = new URL('found/', import.meta.url);
const names = readdirSync(folder).filter((name) => name.endsWith('.js'));

let lint: Lint;

beforeAll(async () => {
  lint = await linterIn(new URL('../../packages/eslint-plugin/dist/', import.meta.url));
});

/** What each acquire's comment says: `// leak: normal`, `// leak: throw` or `// clean`. */
function expectations(source: string): { line: number; truth: string }[] {
  return source.split('\n').flatMap((text, index) => {
    const truth = /\/\/ (?:leak: (normal|throw)|(clean))$/.exec(text);
    return truth ? [{ line: index + 1, truth: truth[1] ?? truth[2] ?? '' }] : [];
  });
}

describe('a program that once divided linter and runs does so no more', () => {
  it.each(names)('%s', async (name) => {
    const source = readFileSync(new URL(name, folder), 'utf8');
    const policy = policies.find((known) => source.startsWith(`// policy: ${known}\n`));
    if (!policy) throw new Error('The first line must name the policy.');
    const expected = expectations(source);
    const findings = await compare(source, policy, lint);
    expect(findings.map(({ line, truth }) => ({ line, truth }))).toEqual(expected);
    const rules = { normal: [normalRule], throw: [throwRule], clean: [], unreached: [] };
    expect(findings.map((finding) => finding.rules)).toEqual(findings.map(({ truth }) => rules[truth]));
  });
});
