import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import type { Linter } from 'eslint';
import type { Finding } from './finding.ts';
import { pluginFile } from './plugin.ts';

const program = join(dirname(createRequire(import.meta.url).resolve('oxlint/package.json')), 'bin/oxlint');

interface Diagnostic {
  readonly code?: string;
  readonly message: string;
  readonly filename: string;
  readonly labels: readonly { readonly span: { readonly line: number; readonly column: number } }[];
}

/** Lints a folder with oxlint, which runs our rules and none of its own. */
export function lintWithOxlint(folder: string, rules: Linter.RulesRecord, settings: object = {}): readonly Finding[] {
  const config = join(folder, 'oxlint.json');
  writeFileSync(
    config,
    JSON.stringify({
      categories: { correctness: 'off' },
      plugins: [],
      jsPlugins: [{ name: 'lifeguard', specifier: pluginFile }],
      rules,
      settings,
    }),
  );
  const { stdout, stderr } = spawnSync(
    process.execPath,
    [program, '--config', config, '--format', 'json', '--no-ignore', '.'],
    { cwd: folder, encoding: 'utf8', maxBuffer: 1 << 26 },
  );
  if (!stdout.includes('"diagnostics"')) throw new Error(`oxlint did not run: ${stdout}${stderr}`);
  const { diagnostics } = JSON.parse(stdout) as { readonly diagnostics: readonly Diagnostic[] };
  return diagnostics.map(({ code = 'none', message, filename, labels }) => ({
    file: relative(folder, join(folder, filename)),
    line: labels[0]?.span.line ?? 0,
    column: labels[0]?.span.column ?? 0,
    // It writes `lifeguard(require-release)`.
    ruleId: code.replace('(', '/').replace(')', ''),
    message,
  }));
}
