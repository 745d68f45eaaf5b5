import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { ReportRecord } from '../../../packages/catalogue/src/index.ts';

/** The entry that programs are started with. */
export const register = fileURLToPath(new URL('../../../packages/guard/dist/register.js', import.meta.url));

/** Where the programs are. */
export const programs = fileURLToPath(new URL('programs/', import.meta.url));

/** How a program is started. */
export interface Start {
  /** Node's own arguments. Default: with the guard, by `--import`. */
  readonly flags?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** Default: the folder of the programs. */
  readonly cwd?: string;
  readonly node?: string;
}

/** What a program did that has ended with status 0. */
export interface Ran {
  readonly stdout: string;
  readonly stderr: string;
  /** What the guard reported, in order. */
  readonly records: readonly ReportRecord[];
}

/** Leaks are found and taken back at once, so that a program that waits for its leak ends. */
export const impatient = { LIFEGUARD_IDLE_LIMIT_MS: '20', LIFEGUARD_RECLAIM: 'destroy' };

const temporary = realpathSync(mkdtempSync(join(tmpdir(), 'lifeguard-register-')));

/** Removes what programs have written, and the programs that were installed. */
export function removePrograms(): void {
  rmSync(temporary, { recursive: true, force: true });
}

/** Runs a program to its end. */
export async function runProgram(program: string, { flags = ['--import', register], env = {}, cwd = programs, node = process.execPath }: Start = {}): Promise<Ran> {
  const report = join(mkdtempSync(join(temporary, 'report-')), 'report.jsonl');
  const inherited = Object.entries(process.env).filter(([name]) => !/^(?:LIFEGUARD|NODE_|PG)/u.test(name));
  const [stdout, stderr] = await new Promise<readonly [string, string]>((resolve, reject) => {
    const options = { cwd, env: { ...Object.fromEntries(inherited), LIFEGUARD_REPORT_FILE: report, ...env }, timeout: 50_000 };
    execFile(node, [...flags, program], options, (error, out, told) => {
      if (error === null) resolve([out, told]);
      else reject(new Error(`${program} failed:\n${out}${told}`, { cause: error }));
    });
  });
  return { stdout, stderr, records: recordsIn(report) };
}

function recordsIn(file: string): readonly ReportRecord[] {
  try {
    return readFileSync(file, 'utf8').split('\n').filter(Boolean).map((line) => JSON.parse(line) as ReportRecord);
  } catch {
    return [];
  }
}

/** The places of the leaks that were reported, as `file:line`. */
export function leaksIn({ records }: Ran): readonly string[] {
  return records.flatMap(({ type, site }) => (type === 'leaked' ? [`${site?.file}:${site?.line}`] : []));
}

/** The lines of a program that it marks as leaks, as `file:line`. */
export function marked(file: string, folder = programs): readonly string[] {
  const lines = readFileSync(join(folder, file), 'utf8').split('\n');
  return lines.flatMap((line, index) => (line.includes('// leaks') ? [`${file}:${index + 1}`] : []));
}

const root = fileURLToPath(new URL('../../..', import.meta.url));

/**
 * Makes a program of its own in a temporary folder, with its own packages.
 *
 * @param files - By path; `node_modules/pg` and the like may be a copy or a link of an installed package.
 */
export function installProgram(files: Readonly<Record<string, string | { readonly link: string } | { readonly copy: string }>>): string {
  const folder = mkdtempSync(join(temporary, 'program-'));
  for (const [path, content] of Object.entries(files)) {
    const at = join(folder, path);
    mkdirSync(dirname(at), { recursive: true });
    if (typeof content === 'string') writeFileSync(at, content);
    else if ('link' in content) symlinkSync(join(root, content.link), at, 'junction');
    else cpSync(realpathSync(join(root, content.copy)), at, { recursive: true });
  }
  return folder;
}

/** Where the packages are that an installed one needs. */
export function besides(name: string): string {
  return dirname(realpathSync(join(root, 'node_modules', name)));
}
