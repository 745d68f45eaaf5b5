import { readFileSync } from 'node:fs';
import { frame } from '../../format/frame.ts';
import type { Paint } from '../../format/paint.ts';
import { shownPath } from '../../format/shown-path.ts';
import { linesOf, type PlacedSite } from '../../reported/place.ts';
import { leakWords, otherWords, visible } from '../../reported/say.ts';

/** Where a site is, as people read it: where its call stands today, else where it stood. */
export function whereOf({ tally: { site, pools }, file, place }: PlacedSite, cwd: string): string {
  if (site === undefined) return `pool ${visible(pools.names().join(', '))}, line unknown`;
  const { line, column } = place ?? site;
  return `${visible(file === undefined ? site.file : shownPath(file, cwd))}:${line}:${column}`;
}

/** What became of its line, where it is not as it was. */
export function fateOf({ state, tally: { site } }: PlacedSite): string | undefined {
  switch (state) {
    case 'same':
      return undefined;
    case 'moved':
      return `moved since: it was on line ${site?.line ?? 0}`;
    case 'gone':
      return 'gone: no line of this text is left in the function';
    case 'no-source':
      return 'gone: there is no such source below the working directory';
    case 'no-site':
      return 'the guard ran with `stacks: \'off\'`';
  }
}

/** What happened at a site, in one line. */
export function happened({ tally }: PlacedSite): string {
  return [leakWords(tally), ...otherWords(tally)].filter((one) => one !== undefined).join('; ');
}

/** The lines around the call, with what happened below it; `undefined` where it is gone. */
export function frameOf({ file, place, tally }: PlacedSite, paint: Paint): string | undefined {
  if (file === undefined || place === undefined) return undefined;
  const says = leakWords(tally) ?? otherWords(tally)[0] ?? '';
  return frame([{ ...place, says }], linesOf(readFileSync(file, 'utf8')), paint);
}
