import type { ESLint, Linter } from 'eslint';
import {
  type FileFindings,
  type Finding,
  type Place,
  type SuppressedFinding,
  syntaxError,
} from './finding.ts';
import { losingPath } from './losing-path.ts';

const parsingError = /^Parsing error: /;

/**
 * Reads what ESLint said of a file; `undefined` if there is nothing to say.
 *
 * Only our own rules and syntax errors count: the code may carry comments for other rules, which
 * ESLint reports as unknown.
 */
export function readResult(result: ESLint.LintResult, source: string): FileFindings | undefined {
  const lines = source.split(/\r\n|[\n\r\u2028\u2029]/);
  const findings = result.messages.flatMap((message) => findingOf(message, lines));
  const suppressed = result.suppressedMessages.flatMap((message) =>
    findingOf(message, lines).map((finding): SuppressedFinding => ({ ...finding, by: 'comment' })),
  );
  return findings.length + suppressed.length === 0
    ? undefined
    : { file: result.filePath, lines, findings, suppressed };
}

/** Whether ESLint declined to lint the file. */
export function isIgnored(result: ESLint.LintResult): boolean {
  return result.messages.some(
    ({ ruleId, fatal, message }) =>
      ruleId === null && fatal !== true && message.startsWith('File ignored'),
  );
}

function findingOf(message: Linter.LintMessage, lines: readonly string[]): Finding[] {
  const severity = message.severity === 2 ? 'error' : 'warning';
  const place = placeOf(message);
  if (message.ruleId?.startsWith('lifeguard/')) {
    const report = { ...place, rule: message.ruleId, message: message.message };
    return [{ ...report, severity, steps: losingPath(report, lines) }];
  }
  if (message.fatal === true && parsingError.test(message.message)) {
    const text = message.message.replace(parsingError, '').split('\n', 1)[0] ?? '';
    const step = { ...place, says: 'not valid here' };
    return [{ ...place, rule: syntaxError, message: text, severity, steps: [step] }];
  }
  return [];
}

/** ESLint may leave out the end, and counts a parser's line 0 or column 0 as they come. */
function placeOf(message: Linter.LintMessage): Place {
  const line = Math.max(1, message.line);
  const column = Math.max(1, message.column);
  return {
    line,
    column,
    endLine: message.endLine ?? line,
    endColumn: message.endColumn ?? column + 1,
  };
}
