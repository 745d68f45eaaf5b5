import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { runs, signal, tree } from '../servers/tree.ts';

const bin = fileURLToPath(new URL('../../packages/cli/dist/bin.js', import.meta.url));
const service = fileURLToPath(new URL('../../packages/cli/demo/orders', import.meta.url));

/** Two runs of a service, servers and packages to read, on a machine that does other things too. */
const patienceMs = 300_000;
const folders: string[] = [];

/** A folder of its own for the temporary files of a run; open, for the account of the server. */
function temporary(): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'lifeguard-demo-test-'));
  chmodSync(folder, 0o711);
  folders.push(folder);
  return folder;
}

afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

describe('the demonstration', { timeout: patienceMs }, () => {
  let run: End;
  beforeAll(async () => {
    run = await (await runningDemo()).end();
  }, patienceMs);

  test('ends well, has shown what it did, and is plain text where there is no terminal', () => {
    expect(run.code, run.stderr).toBe(0);
    expect(run.stderr).toMatch(/Starting a PostgreSQL … [\d.]+ s\n/u);
    expect(run.stderr).not.toContain('LIFEGUARD_');
    expect(run.stdout + run.stderr).not.toContain('\u001b');
    expect(run.stdout.split('\n').filter((line) => line.length > 100 && line.includes('│'))).toEqual([]);
  });

  test('has one table: line, what the linter said, what the guard saw, what it did', () => {
    const [heads, ...rows] = tableWith(run.stdout, 'What the linter said');
    expect(heads).toEqual(['Line', 'What the linter said', 'What the guard saw', 'What it did']);
    const some = String.raw`[1-9][\d,]* ×`;
    const acquire = 'await pool.connect()';
    const leak = (file: string, inside: string, code: string, message: string): RegExp[] => [
      new RegExp(`^${placeOf(file, inside, code)} ${inside}$`, 'u'),
      new RegExp(message, 'u'),
      new RegExp(`${some} leaked: (?:its request was over|nothing could give it back)`, 'u'),
      new RegExp(`${some} taken back for others`, 'u'),
    ];
    const expected = [
      leak('exports.ts', 'exportOrders', acquire, '`client` is not released before the `continue` on line \\d+. require-release$'),
      leak('orders.ts', 'findOrder', acquire, '`client` is not released before the `return` on line \\d+. require-release$'),
      [placeOf('orders.ts', 'discountOf', acquire), 'nothing: ', new RegExp(`${some} a second one asked for while one is held`, 'u'), new RegExp(`${some} warned`, 'u')],
      leak('refunds.ts', 'refund', acquire, 'if `client.query\\(\\)` on line \\d+ throws. require-release-on-throw$'),
      [placeOf('refunds.ts', 'isCovered) {', '  client.release();\n  return'), /is released on line \d+ and again on line \d+. no-double-release$/u, new RegExp(`${some} given back again`, 'u'), new RegExp(`${some} refused`, 'u')],
      leak('shipments.ts', 'ship', 'createQueryRunner()', 'if `runner.startTransaction\\(\\)` on line \\d+ throws. require-release-on-throw$'),
      [placeOf('stock.ts', '< 0', 'done()'), 'nothing: ', new RegExp(`${some} given back inside a transaction`, 'u'), new RegExp(`${some} rolled back`, 'u')],
      ['the server', 'nothing: ', new RegExp(`${some} an idle connection ended by the server`, 'u'), /(?:^| )0 × lent dead$/u],
    ];
    expect(rows).toEqual(expected.map((cells) => cells.map((cell) => (typeof cell === 'string' ? expect.stringContaining(cell) : expect.stringMatching(cell)) as unknown)));
  });

  test('mends every leak by suggestions of the linter, after which nothing leaks and throughput has grown', () => {
    const applied = [...run.stdout.matchAll(/^✔ (?<file>\w+)\.ts:\d+ +Give `\w+` back in a `finally`\.$/gmu)];
    expect(applied.map(({ groups }) => groups?.['file'])).toEqual(['exports', 'orders', 'refunds', 'shipments']);
    const [heads, ...rows] = tableWith(run.stdout, 'as written');
    expect(heads).toEqual(['Under the same load', 'as written', 'mended']);
    const measured = new Map(rows.map(([name = '', ...cells]) => [name, cells.map((cell) => Number(cell.replace(/,| ms/gu, '')))]));
    const [leakedBefore = 0, leakedAfter] = measured.get('Connections leaked') ?? [];
    const [waitBefore = 0, waitAfter] = measured.get('Waiting for a connection, on average') ?? [];
    const [rateBefore = 0, rateAfter] = measured.get('… in a second') ?? [];
    expect(leakedBefore).toBeGreaterThan(4);
    expect(leakedAfter).toBe(0);
    expect(measured.get('… taken back by the guard')).toEqual([leakedBefore, 0]);
    expect(waitAfter).toBeLessThan(waitBefore);
    expect(rateAfter).toBeGreaterThan(rateBefore);
    expect(measured.get('… with status 500')?.[1]).toBe(0);
    expect(run.stdout).toMatch(/^Nothing leaked, and the throughput is [\d.]+ times what it was\.$/mu);
  });

  test('says what no suggestion mends', () => {
    const rest = run.stdout.split('The linter has no suggestion for the rest')[1] ?? '';
    expect(rest).toMatch(/^ {2}orders\.ts:\d+ +[\d,]+ × a second one asked for while one is held; [\d,]+ × warned/mu);
    expect(rest).toMatch(/^ {2}stock\.ts:\d+ +[\d,]+ × given back inside a transaction; [\d,]+ × rolled back$/mu);
  });

  test('closes with published packages', () => {
    expect(run.stdout).toMatch(/│ typeorm +│ [\d.]+ +│ +4\d\d │ +\d+ │/u);
  });

  test('leaves nothing behind', () => {
    expect(run).toMatchObject({ files: [], processes: [] });
  });
});

describe('a demonstration that does not come to its end', { timeout: patienceMs }, () => {
  test.concurrent('leaves nothing when it is interrupted', async () => {
    const demo = await runningDemo();
    demo.child.kill('SIGINT');
    expect(await demo.end()).toMatchObject({ code: 130, files: [], processes: [] });
  });

  test.concurrent('leaves its folder, without the server, when it is to be kept', async () => {
    const demo = await runningDemo('--keep');
    demo.child.kill('SIGTERM');
    const { files, ...end } = await demo.end();
    expect(end).toMatchObject({ code: 143, processes: [] });
    expect(files).toHaveLength(1);
    const kept = path.join(demo.temporaryFiles, files[0] ?? '');
    expect(end.stdout).toContain(`Left for you to look at: ${kept}\n`);
    // As far as it had come, and never its server.
    expect(readdirSync(kept).filter((name) => name !== 'mended').sort()).toEqual(['as-written', 'node_modules', 'package.json']);
    expect(readFileSync(path.join(kept, 'as-written/orders.ts'), 'utf8')).toBe(readFileSync(path.join(service, 'orders.ts'), 'utf8'));
  });

  test.concurrent('leaves nothing when its server crashes, and says so', async () => {
    const demo = await runningDemo();
    signal([demo.serverPid()], 'SIGKILL');
    const end = await demo.end();
    expect(end).toMatchObject({ code: 2, files: [], processes: [] });
    expect(end.stderr).toContain('PostgreSQL ended');
  });

  test.concurrent('leaves nothing when it is killed', async () => {
    const demo = await runningDemo();
    demo.child.kill('SIGKILL');
    await once(demo.child, 'exit');
    // Its keeper outlives it for a moment; `expect.poll` is not for tests that run side by side.
    await vi.waitUntil(() => Object.values(demo.left()).every(({ length }) => length === 0), { timeout: patienceMs });
    expect(demo.left()).toEqual({ files: [], processes: [] });
  });
});

/** Waits until the service runs on its server. */
async function runningDemo(...flags: readonly string[]): Promise<RunningDemo> {
  const temporaryFiles = temporary();
  // Its server has no TLS, whatever the shell wants of others.
  const env = { ...process.env, FORCE_COLOR: '', NO_COLOR: '', PGSSLMODE: 'require', TMPDIR: temporaryFiles };
  const child = spawn(process.execPath, [bin, 'demo', ...flags], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  const demo = new RunningDemo(child, temporaryFiles);
  await vi.waitUntil(() => demo.isUnderLoad(), { timeout: patienceMs, interval: 200 });
  return demo;
}

/** What a run left behind. */
interface End {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
  /** Temporary files. */
  readonly files: readonly string[];
  readonly processes: readonly number[];
}

class RunningDemo {
  readonly child: ChildProcess;
  readonly temporaryFiles: string;
  readonly #output = { stdout: '', stderr: '' };
  #processes: readonly number[] = [];

  constructor(child: ChildProcess, temporaryFiles: string) {
    this.child = child;
    this.temporaryFiles = temporaryFiles;
    for (const name of ['stdout', 'stderr'] as const) {
      child[name]?.setEncoding('utf8').on('data', (text: string) => (this.#output[name] += text));
    }
  }

  /** Whether everything is there that can be left: the keeper, the server with its parts, the service. */
  isUnderLoad(): boolean {
    this.#processes = tree(this.child.pid ?? 0);
    const isThere = this.#output.stderr.includes('Running it') && readdirSync(this.temporaryFiles).length === 1;
    return isThere && this.#processes.some((pid) => commandOf(pid).includes('host.js'));
  }

  serverPid(): number {
    return this.#processes.find((pid) => commandOf(pid).includes('bin/postgres')) ?? 0;
  }

  async end(): Promise<End> {
    if (this.child.exitCode === null) await once(this.child, 'close');
    return { code: this.child.exitCode, ...this.#output, ...this.left() };
  }

  left(): Pick<End, 'files' | 'processes'> {
    return { files: readdirSync(this.temporaryFiles), processes: this.#processes.filter(runs) };
  }
}

function commandOf(pid: number): string {
  const file = `/proc/${pid}/cmdline`;
  return existsSync(file) ? readFileSync(file, 'utf8') : '';
}

/** The cells of a table that has a text in its head. */
function tableWith(text: string, head: string): string[][] {
  const drawn = /^┌[^]*?^└.*$/gmu;
  const table = [...text.matchAll(drawn)].map(([one]) => one).find((one) => one.includes(head)) ?? '';
  return table
    .split(/^[┌├└].*$/mu)
    .filter((part) => part.trim() !== '')
    .flatMap((part) => {
      const lines = part.trim().split('\n').map((line) => line.split('│').slice(1, -1).map((cell) => cell.trim()));
      // Compact tables have no line between their rows; in others a row that goes on has lines of its own.
      return table.includes('What the linter') ? [lines[0]?.map((_, column) => lines.map((line) => line[column]).filter((cell) => cell !== '').join(' ')) ?? []] : lines;
    });
}

/** `orders.ts:10`, where some code stands after some other. */
function placeOf(file: string, after: string, code: string): string {
  const text = readFileSync(path.join(service, file), 'utf8');
  const inside = text.search(new RegExp(`(?:function )?${after.replace(/[(){}]/gu, '\\$&')}`, 'u'));
  const declared = text.indexOf(`function ${after}`);
  const from = declared >= 0 ? declared : inside;
  return `${file}:${text.slice(0, text.indexOf(code, from)).split('\n').length}`;
}
