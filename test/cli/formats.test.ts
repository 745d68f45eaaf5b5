import { describe, expect, test } from 'vitest';
import { leaky, lifeguard, project, report } from './run.ts';

const onThrow = 'lifeguard/require-release-on-throw';
const folder = project({ 'src/a.ts': leaky, 'src/b,c.js': '}' });

describe('stylish', () => {
  test('shows where a client is acquired and where it is lost, then a summary by rule', async () => {
    const { stdout } = await lifeguard(folder, ['check', 'src/a.ts']);
    expect(stdout).toContain(`src/a.ts:5:`);
    expect(stdout).toMatch(/^› 5 │ {3}const client = await pool\.connect\(\);$/m);
    expect(stdout).toMatch(/\^+ acquired here$/m);
    expect(stdout).toMatch(/^› 6 │ {3}await client\.query\('SELECT now\(\)'\);$/m);
    expect(stdout).toMatch(/\^+ lost if this throws$/m);
    expect(stdout).toMatch(/│ lifeguard\/require-release-on-throw +│ +1 │ +1 │/);
    expect(stdout).toMatch(/^1 finding in 1 file, checked 1 file in [\d.]+ s\.$/m);
  });
});

describe('json', () => {
  test('is one object with paths from the working directory', async () => {
    const { json } = await report(folder, []);
    expect(json).toMatchObject({
      version: 1,
      checked: 2,
      findings: [
        { file: 'src/a.ts', rule: onThrow, severity: 'error', line: 5 },
        { file: 'src/b,c.js', rule: 'syntax-error', line: 1, column: 1 },
      ],
      rules: [
        { rule: onThrow, findings: 1, files: 1 },
        { rule: 'syntax-error', findings: 1, files: 1 },
      ],
      problems: [],
    });
    expect(json.findings[0]?.steps.map(({ line }) => line)).toEqual([5, 6]);
  });
});

describe('github', () => {
  test('is one escaped workflow command for each finding', async () => {
    const { stdout } = await lifeguard(folder, ['check', '--format', 'github']);
    const [leak, syntax, end] = stdout.split('\n');
    expect(leak).toMatch(/^::error file=src\/a\.ts,line=5,endLine=5,col=\d+,endColumn=\d+,/);
    expect(leak).toContain(`title=${onThrow}::`);
    expect(syntax).toContain('file=src/b%2Cc.js,line=1');
    expect(end).toBe('');
  });
});

describe('markdown', () => {
  test('has a table by rule and a fenced code frame for each finding', async () => {
    const { stdout } = await lifeguard(folder, ['check', '--format', 'markdown']);
    expect(stdout).toMatch(/^## Lifeguard\n\n2 findings in 2 files, checked 2 files in/);
    expect(stdout).toMatch(/^\| .*require-release-on-throw.* \| 1 \| 1 \|$/m);
    expect(stdout).toContain('### `src/a.ts:5:');
    expect(stdout.match(/^```/gm)).toHaveLength(4);
  });
});
