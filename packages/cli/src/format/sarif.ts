import { pathToFileURL } from 'node:url';
import type { ArtifactLocation, Location, Log, Notification, Region, Result } from 'sarif';
import type { Outcome } from '../finding/outcome.ts';
import { type FileFindings, type Finding, type Place, type SuppressedFinding, withRuntime } from '../finding/finding.ts';
import { isInside } from '../lint/bases.ts';
import type { Problem } from '../problem.ts';
import { version } from '../version.ts';
import { fingerprints } from './fingerprint.ts';
import { sarifRule } from './sarif-rule.ts';
import { shownPath } from './shown-path.ts';

const root = '%SRCROOT%';

/** For code scanning: SARIF 2.1.0, the losing path as a code flow. */
export function sarif(outcome: Outcome): string {
  return sarifOf(outcome, 'lifeguard/');
}

/** @param id - Of the analysis: code scanning shows the newest of each id. */
export function sarifOf(outcome: Outcome, id: string): string {
  const results = outcome.files.flatMap((file) => resultsOf(file, outcome.cwd));
  const ids = [...new Set(results.map(({ ruleId }) => ruleId ?? ''))].sort();
  const indexed = results.map((result) => ({
    ...result,
    ruleIndex: ids.indexOf(result.ruleId ?? ''),
  }));
  const log: Log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'Lifeguard',
            semanticVersion: version,
            rules: ids.map((id) => sarifRule(id, outcome.rules[id])),
          },
        },
        columnKind: 'utf16CodeUnits',
        // No `uri`: the same code gives the same report wherever it is checked out.
        originalUriBaseIds: {
          [root]: { description: { text: 'The working directory of the check.' } },
        },
        automationDetails: { id },
        invocations: [
          {
            executionSuccessful: outcome.problems.length === 0,
            toolExecutionNotifications: [
              ...outcome.problems.map((one) => notification(one, 'error')),
              ...outcome.notices.map((one) => notification(one, 'note')),
            ],
          },
        ],
        results: indexed,
      },
    ],
  };
  return `${JSON.stringify(log, null, 2)}\n`;
}

function resultsOf(file: FileFindings, cwd: string): Result[] {
  const shown = shownPath(file.file, cwd);
  const all: (Finding | SuppressedFinding)[] = [...file.findings, ...file.suppressed].sort(
    (one, other) => one.line - other.line || one.column - other.column,
  );
  const names = fingerprints({ lines: file.lines, findings: all }, shown);
  const artifactLocation = artifact(file.file, cwd);
  return all.map((finding, index) => ({
    ruleId: finding.rule,
    level: finding.severity,
    message: { text: withRuntime(finding) },
    ...(finding.runtime === undefined ? {} : { properties: { runtime: finding.runtime } }),
    locations: [locationOf(finding, artifactLocation)],
    partialFingerprints: { primaryLocationLineHash: names[index] ?? '' },
    ...pathOf(finding, artifactLocation),
    ...('by' in finding
      ? { suppressions: [{ kind: finding.by === 'comment' ? 'inSource' : 'external' }] }
      : {}),
  }));
}

function pathOf(
  { steps }: Finding,
  artifactLocation: ArtifactLocation,
): Pick<Result, 'codeFlows' | 'relatedLocations'> {
  if (steps.length < 2) {
    return {};
  }
  const locations = steps.map((step) => ({
    ...locationOf(step, artifactLocation),
    message: { text: step.says },
  }));
  return {
    codeFlows: [{ threadFlows: [{ locations: locations.map((location) => ({ location })) }] }],
    relatedLocations: locations.map((location, index) => ({ id: index + 1, ...location })),
  };
}

function locationOf(place: Place, artifactLocation: ArtifactLocation): Location {
  const region: Region = {
    startLine: place.line,
    startColumn: place.column,
    endLine: place.endLine,
    endColumn: place.endColumn,
  };
  return { physicalLocation: { artifactLocation, region } };
}

function artifact(file: string, cwd: string): ArtifactLocation {
  if (!isInside(file, cwd)) {
    return { uri: pathToFileURL(file).href };
  }
  return { uri: shownPath(file, cwd).split('/').map(encodeURIComponent).join('/'), uriBaseId: root };
}

function notification({ code, message }: Problem, level: 'error' | 'note'): Notification {
  return { level, message: { text: message }, descriptor: { id: code } };
}
