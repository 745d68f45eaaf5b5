/** The test runners that the guard knows. */
export type Runner = 'vitest' | 'jest' | 'node-test' | 'mocha';

/** What stands around a suite, so that the same text runs everywhere. */
const frames: Readonly<Record<Runner, readonly [head: string, foot: string]>> = {
  vitest: [`import { test, describe, beforeAll, beforeEach, afterEach, afterAll } from 'vitest';\nconst concurrent = test.concurrent;`, ''],
  jest: ['const concurrent = test.concurrent;', ''],
  'node-test': [
    `import test, { describe, before as beforeAll, beforeEach, afterEach, after as afterAll } from 'node:test';
const others = [];
const concurrent = (name, run) => others.push([name, run]);`,
    `describe('at once', { concurrency: true }, () => {
  for (const [name, run] of others) test(name, run);
});`,
  ],
  mocha: ['const [test, concurrent, beforeAll, afterAll] = [it, it, before, after];', ''],
};

/** As many connections as a suite can leak, which are closed at its end. */
const pool = `
const pool = guard(new pg.Pool({ max: 30 }), { name: 'orders' });
const clients = new Set();
pool.on('connect', (client) => clients.add(client));
pool.on('error', () => undefined);
afterAll(async () => {
  for (const client of clients) await client.end().catch(() => undefined);
});
const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
`;

/** A suite as a runner takes it: that of Jest is CommonJS, as it is without any configuration. */
export function suiteFor(runner: Runner, imports: string, body: string): string {
  const [head, foot] = frames[runner];
  const modules = `import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import pg from 'pg';
import { guard, hold } from '@lifeguard/guard';
${imports.replaceAll('RUNNER', runner)}
`;
  const loaded = runner === 'jest' ? modules.replaceAll(/^import (?<what>.+?) from (?<where>'.+?');$/gmu, 'const $<what> = require($<where>);') : modules;
  return `${loaded}${head}${pool}${body}${foot}\n`;
}

/** Watched by a set-up line. */
export const watched = `
const server = createServer(async (request, response) => {
  const client = await pool.connect(); // leaked by the server
  await client.query('SELECT 1');
  if (request.url !== '/leak') client.release();
  response.end();
});
const ask = (path) => fetch(\`http://127.0.0.1:\${server.address().port}\${path}\`).then((response) => response.text());
beforeAll(() => new Promise((resolve) => server.listen(0, '127.0.0.1', resolve)));
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

let kept;
beforeAll(async () => {
  kept = await pool.connect();
});
afterAll(() => kept.release());

test('gives back', async () => {
  const client = await pool.connect();
  await client.query('SELECT 1');
  client.release();
});

test('leaks', async () => {
  const client = await pool.connect(); // leaked here
  await client.query("SELECT 'a secret'");
});

test('comes after a leak', () => undefined);

test('gives back after its end', async () => {
  const client = await pool.connect();
  setTimeout(() => client.release(), 100);
});

test('gives back by a callback', () => new Promise((resolve, reject) => {
  pool.connect((error, client, release) => {
    release();
    if (error) reject(error);
    else resolve();
  });
}));

test('holds on purpose', async () => {
  hold(await pool.connect(), 'LISTEN orders');
});

test('asks a server that gives back', () => ask('/'));
test('asks a server that leaks', () => ask('/leak'));

test('fails by itself', () => assert.equal(1, 2));

describe('with hooks', () => {
  let client;
  beforeEach(async () => {
    client = await pool.connect();
  });
  afterEach(() => client.release());

  test('gives back in a hook', async () => {
    await client.query('SELECT 1');
  });

  test('leaks beside a hook', async () => {
    await pool.connect(); // leaked beside a hook
  });

  test('comes after that', () => undefined);
});

concurrent('gives back beside others', async () => {
  const client = await pool.connect();
  await pause(100);
  client.release();
});

concurrent('leaks beside others', async () => {
  await pause(20);
  await pool.connect(); // leaked beside others
});

concurrent('acquires nothing beside others', () => pause(60));
`;

/** Watched where a test asks for it. */
export const asked = `
const transaction = async (work) => {
  const client = await pool.connect(); // held over a transaction
  await client.query('BEGIN');
  try {
    await work(client);
    await client.query('COMMIT');
  } finally {
    client.release();
  }
};
const connectForEver = () => pool.connect();

test('leaks, and nobody asks', async () => {
  await pool.connect();
});

test('leaks, and is asked', async () => {
  expectNoLeaks();
  await pool.connect();
});

test('leaked before, and is asked now', async () => {
  await pool.connect();
  expectNoLeaks({ ignoreCurrent: false });
});

test('leaked before, which does not count', async () => {
  await pool.connect();
  expectNoLeaks({ ignoreCurrent: true });
});

test('leaks where it may', async () => {
  expectNoLeaks({ ignoreSite: ['nowhere', /connectForEver/u] });
  await connectForEver();
});

test('leaks where nobody can say whether it may', async () => {
  expectNoLeaks({ ignoreSite: ({ library }) => library.includes('knex') });
  await connectForEver(); // leaked past a predicate
});

test('gives back where nobody can say whether it must', async () => {
  expectNoLeaks({ ignoreSite: ({ library }) => library.includes('knex') });
  (await connectForEver()).release();
});

test('has no time to give back', async () => {
  expectNoLeaks({ settleMs: 0 });
  const client = await pool.connect();
  setTimeout(() => client.release(), 300);
});

test('has all the time', async () => {
  expectNoLeaks({ settleMs: 5000 });
  const client = await pool.connect();
  setTimeout(() => client.release(), 700);
});

test('asks of a part, which leaks', async () => {
  await assert.rejects(expectNoLeaks(() => pool.connect()), { code: 'LIFEGUARD_LEAK' });
});

test('asks of a part, which does not', async () => {
  assert.equal(await expectNoLeaks(() => transaction(() => undefined).then(() => 'done')), 'done');
});

test('checks out twice', async () => {
  expectNoLeaks({ poolOfOne: true });
  await transaction(() => pool.query('SELECT 1')); // nested here
});

test('checks out twice, one after the other', async () => {
  expectNoLeaks({ poolOfOne: true });
  await transaction((client) => client.query('SELECT 1'));
  await transaction((client) => client.query('SELECT 1'));
  await Promise.all([pool.query('SELECT 1'), pool.query('SELECT 1')]);
});

test('fails to begin', async () => {
  expectNoLeaks({ faults: { failBegin: true } });
  await assert.rejects(transaction(() => undefined), { code: 'LIFEGUARD_INJECTED_FAULT' });
});

test('dies and gives back', async () => {
  expectNoLeaks({ faults: { dieAfter: 2 } });
  const client = await pool.connect();
  try {
    await client.query('SELECT 1');
    await assert.rejects(client.query('SELECT 2'), /ECONNRESET|terminated/u);
  } finally {
    client.release(true);
  }
});

test('fails its third statement', async () => {
  expectNoLeaks({ faults: { failNth: 3 } });
  await assert.rejects(transaction((client) => client.query('SELECT 1')), /failNth/u);
});

test('is misspelt', () => {
  assert.throws(() => expectNoLeaks({ settelMs: 1 }), /did you mean .settleMs./u);
  assert.throws(() => expectNoLeaks({ settleMs: -1 }), { code: 'LIFEGUARD_BAD_OPTION' });
  assert.throws(() => expectNoLeaks({ faults: { failBeginn: true } }), /did you mean .faults.failBegin./u);
  assert.throws(() => expectNoLeaks({ faults: { failNth: 0 } }), { code: 'LIFEGUARD_BAD_OPTION' });
  assert.throws(() => failOnLeaks({ poolOfOne: 1 }), { code: 'LIFEGUARD_BAD_OPTION' });
});

test('leaks again, and nobody asks', async () => {
  await pool.connect();
});
`;

/** What only one of the runners has, watched by a set-up line. */
export const ofItsOwn: Readonly<Record<Runner, string>> = {
  vitest: '',
  jest: `
test('gives back in a generator', function* () {
  const client = yield pool.connect();
  yield client.query('SELECT 1');
  client.release();
});

test('leaks in a generator', function* () {
  yield pause(1);
  yield pool.connect();
});
`,
  'node-test': `
let late;
afterEach(() => {
  const client = late;
  late = undefined;
  client?.release();
});

test('gives back in a hook of the file', async () => {
  late = await pool.connect();
});

test('gives back in a hook of its own', async (t) => {
  const client = await pool.connect();
  t.after(() => client.release());
});

test('leaks beside a hook of its own', async (t) => {
  const client = await pool.connect();
  t.after(() => client.release());
  await pool.connect();
});

test('has a part', async (t) => {
  await t.test('a part gives back in a hook of its own', async (part) => {
    const client = await pool.connect();
    part.after(() => client.release());
  });
});

test('fails by itself beside a hook of its own', async (t) => {
  t.after(() => undefined);
  await pool.connect();
  assert.equal(1, 2);
});
`,
  mocha: '',
};
