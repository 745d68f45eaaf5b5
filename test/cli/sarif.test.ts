import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import draft4 from 'ajv-draft-04';
import type { Log, Result } from 'sarif';
import { beforeAll, describe, expect, test } from 'vitest';
import { leaky, lifeguard, project } from './run.ts';

const require = createRequire(import.meta.url);
const schemaFile = require.resolve('@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json');
const folder = project({
  'src/a.ts': leaky,
  'src/with space.ts': leaky,
  'src/off.ts': leaky.replace('  const', '  // eslint-disable-next-line\n  const'),
  'src/bad.ts': 'let 1',
});
const outside = project({ 'o.ts': leaky });

async function sarif(...args: string[]): Promise<{ log: Log; results: readonly Result[] }> {
  const { stdout } = await lifeguard(folder, ['check', ...args, '--format', 'sarif']);
  const log = JSON.parse(stdout) as Log;
  return { log, results: log.runs[0]?.results ?? [] };
}

function uriOf(result: Result | undefined): string | undefined {
  return result?.locations?.[0]?.physicalLocation?.artifactLocation?.uri;
}

describe('SARIF', () => {
  let log: Log;
  let results: readonly Result[];
  let named: (uri: string) => Result | undefined;

  beforeAll(async () => {
    ({ log, results } = await sarif('.', outside, 'missing.ts'));
    named = (uri) => results.find((result) => uriOf(result) === uri);
  });

  test('obeys the official schema', () => {
    const schema: unknown = JSON.parse(readFileSync(schemaFile, 'utf8'));
    const ajv = new draft4.default({
      strict: false,
      // One pattern of the schema is no pattern for a regular expression with the flag `u`.
      unicodeRegExp: false,
      validateFormats: false,
      allErrors: true,
    });
    const validate = ajv.compile(schema as object);
    expect(validate({ ...log, runs: [{}] })).toBe(false);
    validate(log);
    expect(validate.errors).toBeNull();
  });

  test('has paths from the working directory, and says nothing of where that is', () => {
    expect(results.map(uriOf)).toEqual([
      'src/a.ts',
      'src/bad.ts',
      'src/off.ts',
      'src/with%20space.ts',
      expect.stringMatching(/^file:.*o\.ts$/),
    ]);
    expect(JSON.stringify(log)).not.toContain(folder);
  });

  test('tells the losing path as a code flow', () => {
    const flow = named('src/a.ts')?.codeFlows?.[0]?.threadFlows[0]?.locations;
    const told = flow?.map(({ location }) => [
      location?.physicalLocation?.region?.startLine,
      location?.message?.text,
    ]);
    expect(told).toEqual([
      [5, 'acquired here'],
      [6, 'lost if this throws'],
    ]);
  });

  test('names the weakness and describes the rule', () => {
    const { rules } = log.runs[0]?.tool.driver ?? {};
    const rule = rules?.find(({ id }) => id === 'lifeguard/require-release-on-throw');
    expect(rule?.properties?.tags).toContain('external/cwe/cwe-772');
    expect(rule?.properties?.tags).toContain('external/cwe/cwe-404');
    expect(rule?.properties?.['security-severity']).toMatch(/^\d\.\d$/);
    expect(rule?.help?.text).toMatch(/\w/);
    expect(rule?.helpUri).toMatch(/^https:/);
    expect(rules?.[named('src/a.ts')?.ruleIndex ?? -1]).toBe(rule);
  });

  test('keeps suppressed findings, marked', () => {
    expect(named('src/off.ts')?.suppressions).toEqual([{ kind: 'inSource' }]);
    expect(named('src/a.ts')?.suppressions).toBeUndefined();
  });

  test('says that something could not be checked', () => {
    const [invocation] = log.runs[0]?.invocations ?? [];
    expect(invocation?.executionSuccessful).toBe(false);
    expect(invocation?.toolExecutionNotifications?.[0]?.descriptor?.id).toBe(
      'LIFEGUARD_PATH_NOT_FOUND',
    );
  });
});

describe('a fingerprint', () => {
  test('survives lines above it and other indentation, and tells equal lines apart', async () => {
    const twice = leaky + leaky.split('\n').slice(3).join('\n').replace('now', 'then');
    const file = path.join(folder, 'src', 'moved.ts');
    const prints = async () => {
      const { results } = await sarif('src/moved.ts');
      return results.map((result) => result.partialFingerprints?.['primaryLocationLineHash']);
    };
    writeFileSync(file, twice);
    const before = await prints();
    writeFileSync(file, `// new\n\n${twice.replaceAll('  const', '\tconst')}`);
    const after = await prints();
    expect(after).toEqual(before);
    expect(new Set(before).size).toBe(2);
    expect(before[0]).toMatch(/^[\da-f]{16}:1$/);
  });
});
