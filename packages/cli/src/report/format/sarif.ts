import { readFileSync } from 'node:fs';
import plugin from '@lifeguard/eslint-plugin';
import type { FileFindings, Finding } from '../../finding/finding.ts';
import { sarifOf } from '../../format/sarif.ts';
import { problem } from '../../problem.ts';
import { linesOf, type PlacedSite } from '../../reported/place.ts';
import type { ProductionReport } from '../report.ts';
import { fateOf, happened, whereOf } from './site.ts';

const rule = 'lifeguard/runtime-leak';

/** For code scanning: what happened as a result at the call of today; what is gone as a notification. */
export function sarif({ sites, cwd, files, problems, notices }: ProductionReport): string {
  const byFile = new Map<string, Finding[]>();
  for (const site of sites) {
    const finding = findingOf(site);
    if (site.file === undefined || finding === undefined) continue;
    const ofFile = byFile.get(site.file);
    if (ofFile === undefined) byFile.set(site.file, [finding]);
    else ofFile.push(finding);
  }
  const gone = sites.filter(({ place }) => place === undefined);
  return sarifOf(
    {
      cwd,
      files: [...byFile].map(([file, findings]): FileFindings => ({ file, findings, suppressed: [], lines: linesOf(readFileSync(file, 'utf8')) })),
      checked: files,
      elapsedMs: 0,
      problems,
      notices: [...notices, ...gone.map((site) => problem('LIFEGUARD_SITE_GONE', whereOf(site, cwd), `${fateOf(site) ?? ''} (${happened(site)})`))],
      rules: { [rule]: plugin.rules['runtime-leak'].meta },
    },
    'lifeguard/report/',
  );
}

function findingOf(site: PlacedSite): Finding | undefined {
  const { place, tally } = site;
  if (place === undefined) return undefined;
  const words = happened(site);
  const message = `At run time: ${words}.`;
  return { ...place, rule, severity: tally.leaks + tally.deadlocks > 0 ? 'error' : 'warning', message, steps: [{ ...place, says: words }] };
}
