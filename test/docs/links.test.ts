import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { absolute } from '../generate/generate.ts';
import { readPage } from './page.ts';

const pages = [
  'README.md',
  'CONTRIBUTING.md',
  'CHANGELOG.md',
  ...pagesIn('docs'),
];

function pagesIn(folder: string): readonly string[] {
  return readdirSync(absolute(folder), { withFileTypes: true }).flatMap((entry) => {
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory()) return entry.name === 'node_modules' ? [] : pagesIn(path);
    return entry.name.endsWith('.md') ? [path] : [];
  });
}

describe.each(pages)('%s', (path) => {
  const { text, headings } = readPage(path);
  const links = linksOf(text);

  it('has one title', () => {
    expect(headings.filter((heading) => heading.startsWith('# '))).toHaveLength(1);
  });

  it('links only to files and headings that exist', () => {
    const dead = links.filter((link) => !/^https:/u.test(link) && !resolves(path, link));
    expect(dead).toEqual([]);
  });

  it('links to other sites by https', () => {
    expect(links.filter((link) => link.startsWith('http:'))).toEqual([]);
  });

  it('can be reached from the README', () => {
    expect(reachable).toContain(path);
  });
});

const reachable = new Set<string>(['README.md']);
for (const path of reachable) {
  for (const link of linksOf(readFileSync(absolute(path), 'utf8'))) {
    const target = join(dirname(path), link.split('#')[0] ?? '').replaceAll('\\', '/');
    if (pages.includes(target)) reachable.add(target);
  }
}

function linksOf(text: string): readonly string[] {
  const prose = text.replaceAll(/^```[^]*?^```$/gmu, '').replaceAll(/`[^`\n]*`/gu, 'code');
  return [...prose.matchAll(/\]\((?<target>[^)\s]+)\)/gu)].map(({ groups }) => groups?.['target'] ?? '');
}

function resolves(from: string, link: string): boolean {
  const [file = '', anchor] = link.split('#');
  const target = file === '' ? from : join(dirname(from), file);
  if (!existsSync(absolute(target))) return false;
  return anchor === undefined || readPage(target).headings.some((heading) => anchorOf(heading) === anchor);
}

/** The anchor that GitHub gives to a heading. */
function anchorOf(heading: string): string {
  return heading
    .replace(/^#+ /u, '')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N} _-]/gu, '')
    .replaceAll(' ', '-');
}
