import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { check } from '../../packages/cli/dist/index.js';
import { type Published, published } from './published.ts';
import { lineOf, readRuling, type Reported, writeRuling } from './ruling.ts';

const isUpdate = process.env['LIFEGUARD_UPDATE'] === '1';

describe('the preset `recommended` says of published packages what was judged', () => {
  test.each(published)('$name $version', async (one) => {
    const reported = await lint(one);
    if (isUpdate) writeRuling(one.name, one.version, reported);

    const { version, findings, missed } = readRuling(one.name);
    expect(version).toBe(one.version);
    expect(reported).toEqual(findings.map(({ file, line, rule, message }) => ({ file, line, rule, message })));
    for (const finding of findings) {
      expect(finding.verdict, `Judge ${lineOf(finding)}`).toMatch(/^(?:true|false)$/u);
      expect(finding.reason, `Say why at ${lineOf(finding)}`).not.toBe('');
    }
    const lines = reported.map(lineOf);
    expect(missed.map(lineOf).filter((line) => lines.includes(line)), 'No longer missed').toEqual([]);
  });
});

async function lint({ modules, name, paths }: Published): Promise<Reported[]> {
  const { files, problems, checked } = await check({
    paths,
    cwd: modules,
    configuration: { from: 'lifeguard', preset: 'recommended' },
    concurrency: 'off',
  });
  expect(problems).toEqual([]);
  expect(checked).toBeGreaterThan(0);
  return files.flatMap(({ file, findings }) =>
    findings.map(({ line, rule, message }) => ({
      file: path.relative(path.join(modules, name), file).split(path.sep).join('/'),
      line,
      rule,
      message,
    })),
  );
}
