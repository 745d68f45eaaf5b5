import { createHash } from 'node:crypto';
import type { FileFindings, Finding } from '../finding/finding.ts';

/**
 * Gives each finding of a file a name that survives edits elsewhere in the file.
 *
 * It is made of the rule, the path and the text of the line, not of its number; equal ones are
 * told apart by their order, so that two leaks on equal lines stay two alerts.
 */
export function fingerprints(
  file: Pick<FileFindings, 'lines'> & { readonly findings: readonly Finding[] },
  shown: string,
): string[] {
  const seen = new Map<string, number>();
  return file.findings.map(({ rule, line }) => {
    const text = (file.lines[line - 1] ?? '').replaceAll(/\s+/g, '');
    const hash = createHash('sha256').update([rule, shown, text].join('\0')).digest('hex');
    const name = hash.slice(0, 16);
    const occurrence = (seen.get(name) ?? 0) + 1;
    seen.set(name, occurrence);
    return `${name}:${occurrence}`;
  });
}
