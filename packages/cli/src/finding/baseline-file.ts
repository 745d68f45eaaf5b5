import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { LifeguardError, problem, reasonOf } from '../problem.ts';

/** ESLint's suppressions file: how many errors of a rule a file may have, by path from the cwd. */
export type Baseline = Record<string, Record<string, { count: number }>>;

/** The name ESLint gives its suppressions file. */
export const defaultBaseline = 'eslint-suppressions.json';

/** Reads a baseline, or says why it cannot be used. */
export function readBaseline(file: string, cwd: string): Baseline {
  const target = path.resolve(cwd, file);
  if (!existsSync(target)) {
    throw new LifeguardError(problem('LIFEGUARD_BASELINE_MISSING', file));
  }
  try {
    const content: unknown = JSON.parse(readFileSync(target, 'utf8'));
    if (!isBaseline(content)) {
      throw new TypeError('it must map files to rules to counts');
    }
    return content;
  } catch (error) {
    const cause = reasonOf(error).replace(/\.$/, '');
    throw new LifeguardError(problem('LIFEGUARD_BASELINE_INVALID', file, cause));
  }
}

/** Writes a baseline byte for byte as ESLint would. */
export function writeBaseline(file: string, baseline: Baseline): void {
  writeFileSync(file, JSON.stringify(baseline, null, 2));
}

function isBaseline(content: unknown): content is Baseline {
  return isRecord(content) && Object.values(content).every(isRuleCounts);
}

function isRuleCounts(content: unknown): boolean {
  return (
    isRecord(content) &&
    Object.values(content).every((entry) => isRecord(entry) && Number.isInteger(entry['count']))
  );
}

function isRecord(content: unknown): content is Record<string, unknown> {
  return typeof content === 'object' && content !== null && !Array.isArray(content);
}
