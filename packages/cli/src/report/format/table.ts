import Table from 'cli-table3';
import { day, duration } from '@lifeguard/eslint-plugin/records';
import { count } from '../../count.ts';
import type { Paint } from '../../format/paint.ts';
import type { PlacedSite } from '../../reported/place.ts';
import { detailWords } from '../../reported/say.ts';
import type { ProductionReport } from '../report.ts';
import type { Showing } from './format.ts';
import { fateOf, frameOf, happened, whereOf } from './site.ts';

/** For a person at a terminal: each site with its lines, the one of most harm first, then all in a table. */
export function table(report: ProductionReport, { paint, limit }: Showing): string {
  const { sites, cwd } = report;
  const shown = sites.slice(0, limit);
  const parts = shown.map((site) => blockOf(site, cwd, paint));
  if (shown.length > 0) parts.push(overview(shown, cwd, paint));
  if (shown.length < sites.length) parts.push(paint.dim(`${count(sites.length - shown.length, 'site')} of less harm not shown: --limit shows more.`));
  const colour = sites.length > 0 ? paint.red : paint.green;
  parts.push(colour(paint.bold(`${totals(report)}.`)));
  return `${parts.join('\n\n')}\n`;
}

function blockOf(site: PlacedSite, cwd: string, paint: Paint): string {
  const { tally } = site;
  const inside = tally.site?.function;
  const fate = fateOf(site);
  return [
    `${paint.underline(whereOf(site, cwd))}${inside === undefined ? '' : `  ${inside}`}`,
    paint.red(happened(site)),
    paint.dim(detailWords(tally).join(' · ')),
    ...(fate === undefined ? [] : [paint.yellow(fate)]),
    ...[frameOf(site, paint)].filter((drawn) => drawn !== undefined),
  ].join('\n');
}

function overview(sites: readonly PlacedSite[], cwd: string, paint: Paint): string {
  const drawn = new Table({
    head: ['Site', 'Harm', 'Leaked', 'Withdrawn', 'Held up to', 'Since', 'Checkouts'].map((title) => paint.bold(title)),
    colAligns: ['left', 'right', 'right', 'right', 'right', 'left', 'right'],
    style: { head: [], border: [], compact: true },
  });
  for (const site of sites) {
    const { harm, leaks, withdrawn, longestHeldMs, firstMs, checkouts } = site.tally;
    const held = longestHeldMs === 0 ? '' : duration(longestHeldMs);
    drawn.push([whereOf(site, cwd), harm, leaks, withdrawn, held, day(firstMs), checkouts]);
  }
  return drawn.toString();
}

/** «14 leaks at 2 sites, from 3,021 records of 4 files». */
export function totals({ sites, records, files }: ProductionReport): string {
  const leaks = sites.reduce((sum, { tally }) => sum + tally.leaks, 0);
  const where = sites.length === 0 ? 'Nothing leaked' : `${count(leaks, 'leak')}, ${count(sites.length, 'site')}`;
  return `${where}, from ${count(records, 'record')} of ${count(files, 'file')}`;
}
