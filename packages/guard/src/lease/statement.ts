import type { Lease } from './lease.ts';

/** What of a statement is looked at, and what of it is kept. */
const longestText = 4000;
const longestShown = 500;

const strings = `[a-z]?'(?:''|[^'])*(?:'|$)`;
const dollars = String.raw`\$(?<tag>[a-z_]*)\$[^]*?(?:\$\k<tag>\$|$)`;
const numbers = String.raw`(?<![\w$:@."\x60])\d[\w.]*`;
const comments = String.raw`--[^\n]*|/\*[^]*?(?:\*/|$)`;
const quoted = `"(?:""|[^"])*(?:"|$)`;
const identifiers = String.raw`\x60[^\x60]*(?:\x60|$)`;

/** Where `"` stands around names, as standard SQL has it. */
const standard = new RegExp(`(?<comment>${comments})|(?<kept>${identifiers}|${quoted})|${strings}|${dollars}|${numbers}`, 'giu');
/** Where `"` stands around values, as MySQL has it. */
const mysql = new RegExp(`(?<comment>${comments}|#[^\\n]*)|(?<kept>${identifiers})|${quoted}|${strings}|${numbers}`, 'giu');

/**
 * The shape of a statement, without anything that may be secret: literals become `?`, comments go,
 * lists shrink. Cut at 500 characters.
 *
 * @param quotesNames - Whether `"` stands around names. Where that is not known, they are taken for values.
 */
export function fingerprint(text: string, quotesNames: boolean): string {
  // A backslash before a quote ends the literal in one dialect and goes on in the other.
  const unclear = /["'][^"']*\\["'][^]*$/u;
  const clear = text.slice(0, longestText).replace(unclear, ' ?…');
  const shape = clear
    .replace(quotesNames ? standard : mysql, (found: string, ...rest: unknown[]) => {
      const groups = rest.at(-1) as Readonly<Record<string, string | undefined>>;
      return groups['kept'] === undefined ? (groups['comment'] === undefined ? '?' : ' ') : found;
    })
    .replaceAll(/\s+/gu, ' ')
    .replaceAll(/\( ?\?(?: ?, ?\?)+ ?\)/gu, '(?)')
    .replaceAll(/\(\?\)(?: ?, ?\(\?\))+/gu, '(?)')
    .trim();
  return shape.length > longestShown ? `${shape.slice(0, longestShown)}…` : shape;
}

/** Drivers of servers that quote names with `"`; those that stand on any server are not among them. */
const standardDrivers = new Set(['pg', 'postgres', 'slonik', 'oracledb', 'mssql', 'cassandra']);

/** The shape of the last statement of a lease; `undefined` where none passed. */
export function lastQueryOf({ lastText, ledger }: Lease): string | undefined {
  if (lastText === undefined) return undefined;
  const quotesNames = standardDrivers.has(ledger.adapter.driver.name) || /\$\d/u.test(lastText);
  return fingerprint(lastText, quotesNames);
}
