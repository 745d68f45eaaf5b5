import type { Half, Mark } from '../twins/mark.ts';
import { programsIn, type Program } from '../twins/program.ts';
import { table } from './table.ts';

/** Where the page stands, from the root of the repository. */
export const twinsPath = 'docs/what-each-half-sees.md';

interface Place {
  readonly program: Program;
  readonly mark: Mark;
}

/** The page of what one half sees and the other does not, from the marks of the programs. */
export function twinsPage(leaks: readonly Program[] = programsIn('leaks'), clean: readonly Program[] = programsIn('clean')): string {
  const places = leaks.flatMap((program) => program.marks.map((mark) => ({ program, mark })));
  return [
    '<!-- Generated from the marks in test/leaks by `pnpm generate`. Do not edit. -->',
    '# What each half sees',
    'Every program of [`test/leaks`](../test/leaks) and [`test/clean`](../test/clean) is looked at twice: [the linter](lint.md) reads it with the preset `recommended`, and [the guard](guard.md) watches it run on a real server. [A test](../test/twins/twins.test.ts) demands that both name each line that is marked, and no other; that both are silent on the clean programs; and that a mark for one half alone is true: it fails when the other half sees it too.',
    table(
      ['driver', 'marked programs', 'clean programs', 'marks both halves see', 'the guard alone', 'the linter alone'],
      driversOf(leaks, clean).map((driver) => {
        const own = places.filter(({ program }) => program.driver === driver);
        const count = (half: Half | undefined): string => String(own.filter(({ mark }) => mark.only?.half === half).length);
        const programs = (all: readonly Program[]): string => String(all.filter((program) => program.driver === driver).length);
        return [driver, programs(leaks), programs(clean), count(undefined), count('guard'), count('lint')];
      }),
    ),
    section('What the guard alone sees', 'It sees what happens, wherever it was written.', places, 'guard'),
    section('What the linter alone sees', 'It sees what has not happened yet.', places, 'lint'),
    '## What both see',
    list(places.filter(({ mark }) => mark.only === undefined), ({ mark }) => mark.what),
  ].join('\n\n') + '\n';
}

function driversOf(...programs: readonly (readonly Program[])[]): readonly string[] {
  return [...new Set(programs.flat().map(({ driver }) => driver))].toSorted();
}

function section(title: string, why: string, places: readonly Place[], half: Half): string {
  const own = places.filter(({ mark }) => mark.only?.half === half);
  return [`## ${title}`, why, list(own, ({ mark }) => `${mark.what}, since ${mark.only?.because ?? ''}`)].join('\n\n');
}

/** The programs by what is said of them. */
function list(places: readonly Place[], said: (place: Place) => string): string {
  const what = unique(places.map(said));
  return what.map((one) => `- ${one}: ${unique(places.filter((place) => said(place) === one).map(link)).join(', ')}`).join('\n');
}

function link({ program: { name, driver, title } }: Place): string {
  return `[${driver} ${title}](../test/${name}.ts)`;
}

function unique(texts: readonly string[]): readonly string[] {
  return [...new Set(texts)];
}
