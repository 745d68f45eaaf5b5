import { day, duration } from '@lifeguard/eslint-plugin/records';
import { escapeText, fenceFor } from '../../format/markdown.ts';
import { plain } from '../../format/paint.ts';
import { detailWords } from '../../reported/say.ts';
import type { ProductionReport } from '../report.ts';
import type { Showing } from './format.ts';
import { fateOf, frameOf, happened, whereOf } from './site.ts';
import { totals } from './table.ts';

/** For a ticket or a chat. */
export function markdown(report: ProductionReport, { limit }: Showing): string {
  const { sites, cwd } = report;
  const shown = sites.slice(0, limit);
  const parts = ['## Lifeguard: what happened at run time', `${totals(report)}.`];
  if (shown.length > 0) {
    const rows = shown.map((site) => {
      const { harm, leaks, withdrawn, longestHeldMs, firstMs, checkouts } = site.tally;
      const held = longestHeldMs === 0 ? '' : duration(longestHeldMs);
      return `| \`${whereOf(site, cwd).replaceAll('|', '\\|')}\` | ${harm} | ${leaks} | ${withdrawn} | ${held} | ${day(firstMs)} | ${checkouts} |`;
    });
    const head = ['| Site | Harm | Leaked | Withdrawn | Held up to | Since | Checkouts |', '| --- | ---: | ---: | ---: | ---: | --- | ---: |'];
    parts.push([...head, ...rows].join('\n'));
  }
  for (const site of shown) {
    const drawn = frameOf(site, plain);
    const fate = fateOf(site);
    parts.push(`### \`${whereOf(site, cwd)}\``, `${escapeText(happened(site))}.`, escapeText(detailWords(site.tally).join(' · ')));
    if (fate !== undefined) parts.push(escapeText(fate));
    if (drawn !== undefined) parts.push(`${fenceFor(drawn)}text\n${drawn}\n${fenceFor(drawn)}`);
  }
  return `${parts.join('\n\n')}\n`;
}
