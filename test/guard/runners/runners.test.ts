import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startPostgres, type PostgresServer } from '../../servers/postgres.ts';
import { readPage } from '../../docs/page.ts';
import { removeSuites, run, suiteFile, writeSuite, type Ended } from './run.ts';
import { asked, ofItsOwn, suiteFor, watched, type Runner } from './suites.ts';

/** What the suites of each runner ended with: watched by a line of set-up, and where a test asks for it. */
const ends = new Map<Runner, readonly [byLine: Ended, byCall: Ended]>();
let server: PostgresServer;
beforeAll(async () => {
  server = await startPostgres();
  // Most of the time goes by while tests wait for what does not come back.
  await Promise.all(runners.map(async (runner) => ends.set(runner, await Promise.all([runByLine(runner), runByCall(runner)]))));
});
afterAll(async () => {
  removeSuites();
  await server.stop();
});

/** What a project of each runner needs besides its test file, to be watched by one line. */
const setUps: Readonly<Record<Runner, { readonly files?: Readonly<Record<string, string>>; readonly flags?: readonly string[] }>> = {
  vitest: { files: { 'vitest.config.js': shown('js', 'vitest.config.js') } },
  jest: { files: { 'jest.config.js': shown('js', 'jest.config.js') } },
  'node-test': { flags: flagsOf('node ') },
  mocha: { flags: flagsOf('npx mocha ') },
};

/** What the page of the docs says. */
function shown(language: string, file?: string): string {
  const sample = readPage('docs/testing.md').samples.find((one) => one.language === language && one.file === file);
  if (sample === undefined) throw new Error(`docs/testing.md shows no ${file ?? language}.`);
  return sample.code;
}

function flagsOf(command: string): readonly string[] {
  const line = shown('sh').split('\n').find((one) => one.startsWith(command)) ?? '';
  return line.slice(command.length).split(' ').filter((flag) => flag !== '--test');
}

const manifest = (runner: Runner): string => `${JSON.stringify({ name: 'orders', ...(runner === 'jest' ? {} : { type: 'module' }) })}\n`;
const runners: readonly Runner[] = ['vitest', 'jest', 'node-test', 'mocha'];

function runByLine(runner: Runner): Promise<Ended> {
  const { files = {}, flags = [] } = setUps[runner];
  const cwd = writeSuite(`${runner}-line`, { 'package.json': manifest(runner), ...files, [suiteFile]: suiteFor(runner, '', `${watched}${ofItsOwn[runner]}`) });
  return run(runner, cwd, server, flags);
}

function runByCall(runner: Runner): Promise<Ended> {
  const imports = "import { expectNoLeaks, failOnLeaks } from '@lifeguard/guard/RUNNER';";
  return run(runner, writeSuite(`${runner}-call`, { 'package.json': manifest(runner), [suiteFile]: suiteFor(runner, imports, asked) }), server);
}

/** The tests that failed, each with the code of the guard with which it did. */
function failures({ tests }: Ended): object {
  return Object.fromEntries([...tests].flatMap(([name, messages]) => (messages.length === 0 ? [] : [[name, messages.map(codeIn)]])));
}

function codeIn(message: string): string {
  return /errors#(?<code>lifeguard_\w+)/u.exec(message)?.groups?.['code']?.toUpperCase() ?? 'its own';
}

it('pools are watched too that are guarded without a change of the program', async () => {
  const suite = suiteFor('node-test', '', watched).replace(/guard\((?<pool>new pg\.Pool\(.+?\)), .+\);/u, '$<pool>;');
  expect(suite).toContain('const pool = new pg.Pool({ max: 30 });');
  const cwd = writeSuite('register', { 'package.json': manifest('node-test'), [suiteFile]: suite });
  const ended = await run('node-test', cwd, server, ['--import', '@lifeguard/guard/register', ...(setUps['node-test'].flags ?? [])]);
  expect(failures(ended)).toMatchObject({ leaks: ['LIFEGUARD_LEAK'], 'leaks beside others': ['LIFEGUARD_LEAK'] });
  expect(failures(ended)).not.toHaveProperty('gives back');
});

/** The failures in what only one of the runners has. */
const failuresOfItsOwn: Readonly<Record<Runner, object>> = {
  vitest: {},
  jest: { 'leaks in a generator': ['LIFEGUARD_LEAK'] },
  'node-test': { 'leaks beside a hook of its own': ['LIFEGUARD_LEAK'], 'fails by itself beside a hook of its own': ['its own'] },
  mocha: {},
};

describe.each(runners)('under %s', (runner) => {
  let byLine: Ended;
  let byCall: Ended;
  beforeAll(() => {
    const ended = ends.get(runner);
    if (ended === undefined) throw new Error(`${runner} was not run.`);
    [byLine, byCall] = ended;
  });

  it('one line of set-up fails each test that leaks, and no other', () => {
    expect(failures(byLine)).toEqual({
      leaks: ['LIFEGUARD_LEAK'],
      'asks a server that leaks': ['LIFEGUARD_LEAK'],
      'fails by itself': ['its own'],
      'leaks beside a hook': ['LIFEGUARD_LEAK'],
      'leaks beside others': ['LIFEGUARD_LEAK'],
      ...failuresOfItsOwn[runner],
    });
    expect(byLine.tests.size).toBe(15 + (ofItsOwn[runner].match(/test\(/gu) ?? []).length);
    expect(byLine.code).not.toBe(0);
  });

  it('expectNoLeaks watches one test, with its options', () => {
    expect(failures(byCall)).toEqual({
      'leaks, and is asked': ['LIFEGUARD_LEAK'],
      'leaked before, and is asked now': ['LIFEGUARD_LEAK'],
      'leaks where nobody can say whether it may': ['LIFEGUARD_LEAK'],
      'has no time to give back': ['LIFEGUARD_LEAK'],
      'checks out twice': ['LIFEGUARD_NESTED_CHECKOUT'],
      'fails to begin': ['LIFEGUARD_LEAK'],
    });
    expect(byCall.tests.size).toBe(18);
    expect(byCall.code).not.toBe(0);
  });

  it.each([
    ['leaks', 'leaked here'],
    ['asks a server that leaks', 'leaked by the server'],
    ['leaks beside a hook', 'leaked beside a hook'],
    ['leaks beside others', 'leaked beside others'],
  ])('the failure of «%s» shows the line', (name, comment) => {
    const [message = ''] = byLine.tests.get(name) ?? [];
    expect(message).toMatch(new RegExp(`› *\\d+ │ .*// ${comment}\\n +│ +\\^`, 'u'));
    expect(message).toMatch(/orders: acquired at orders\.test\.js:\d+:\d+/u);
  });

  it('shows no literals of a statement', () => {
    const [message = ''] = byLine.tests.get('leaks') ?? [];
    expect(message).toContain('last SQL: SELECT ?');
    expect(message).not.toContain('a secret\' ·');
  });

  it('an `ignoreSite` that throws ignores nothing, and is told of', () => {
    const [message = ''] = byCall.tests.get('leaks where nobody can say whether it may') ?? [];
    expect(message).toMatch(/`ignoreSite` threw, and ignores nothing: TypeError: .*includes/u);
  });

  it('a nested checkout names both places', () => {
    const [message = ''] = byCall.tests.get('checks out twice') ?? [];
    expect(message).toMatch(/› *\d+ │ .*\/\/ nested here\n/u);
    expect(message).toMatch(/› *\d+ │ .*\/\/ held over a transaction\n/u);
  });
});
