import { describe, expect, it } from 'vitest';
import { mendsOf } from './mend.ts';

const programs: readonly (readonly [string, string, string])[] = [
  [
    'What follows the acquire moves into a try, and its comments with it.',
    `
export async function find(id) {
  const client = await pool.connect(); // one at a time

  const { rows } = await client.query('SELECT 1; SET x = 1', [id]);

  // Give it back.
  client.release(); // now

  return rows;
}
`,
    `
export async function find(id) {
  const client = await pool.connect(); // one at a time
  try {
    const { rows } = await client.query('SELECT 1; SET x = 1', [id]);

    return rows;
  } finally {
    // Give it back.
    // now
    client.release();
  }
}
`,
  ],
  [
    'An object is closed as it was.',
    `
class Database {
  async open() {
    this.client = await pool.connect();
  }
  query(text) {
    return this.client.query(text);
  }
  async close() {
    await this.client.release();
  }
}
export async function count() {
  const db = new Database();
  await db.open();
  const { rows } = await db.query('SELECT 1; SET x = 1');
  await db.close();
  return rows;
}
`,
    `
class Database {
  async open() {
    this.client = await pool.connect();
  }
  query(text) {
    return this.client.query(text);
  }
  async close() {
    await this.client.release();
  }
}
export async function count() {
  const db = new Database();
  await db.open();
  try {
    const { rows } = await db.query('SELECT 1; SET x = 1');
    return rows;
  } finally {
    await db.close();
  }
}
`,
  ],
  [
    'A gap before an existing try goes into it.',
    `
export async function save(row) {
  const client = await pool.connect();
  await client.query('BEGIN');
  try {
    await client.query('INSERT INTO t VALUES ($1)', [row]);
    await client.query('COMMIT');
  } finally {
    client.release();
  }
}
`,
    `
export async function save(row) {
  const client = await pool.connect();
  try {
    await client.query('BEGIN');
    await client.query('INSERT INTO t VALUES ($1)', [row]);
    await client.query('COMMIT');
  } finally {
    client.release();
  }
}
`,
  ],
  [
    'A catch that only released and threw again goes.',
    `
export async function save(row) {
  const client = await pool.connect();
  if (!row) return null;
  try {
    const result = await client.query('SET x = 1', [row]);
    client.release();
    return result;
  } catch (error) {
    client.release();
    throw error;
  }
}
`,
    `
export async function save(row) {
  const client = await pool.connect();
  try {
    if (!row) return null;
    const result = await client.query('SET x = 1', [row]);
    return result;
  } finally {
    client.release();
  }
}
`,
  ],
  [
    'A lone try with a catch gets the finally itself.',
    `
export async function save(row) {
  const client = await pool.connect();
  try {
    await client.query('BEGIN');
    await client.query('INSERT INTO t VALUES ($1)', [row]);
    await client.query('COMMIT');
    client.release();
  } catch (error) {
    await client.query('ROLLBACK');
    client.release();
    throw error;
  }
}
`,
    `
export async function save(row) {
  const client = await pool.connect();
  try {
    await client.query('BEGIN');
    await client.query('INSERT INTO t VALUES ($1)', [row]);
    await client.query('COMMIT');
  } catch (error) {
    await client.query('ROLLBACK');
    throw error;
  } finally {
    client.release();
  }
}
`,
  ],
  [
    'What is returned unwaited is waited for first.',
    `
export async function find(id) {
  const client = await pool.connect();
  if (!id) return await client.query('SET a = 1');
  return id > 1 ? client.query('SET b = 1') : client.query('SET c = 1');
}
`,
    `
export async function find(id) {
  const client = await pool.connect();
  try {
    if (!id) return await client.query('SET a = 1');
    return await (id > 1 ? client.query('SET b = 1') : client.query('SET c = 1'));
  } finally {
    client.release();
  }
}
`,
  ],
  [
    'Text inside a template keeps its place.',
    `
export async function save(row) {
  const client = await pool.connect();
  await client.query(\`
    BEGIN;
    INSERT INTO t
  \`);
  client.release();
}
`,
    `
export async function save(row) {
  const client = await pool.connect();
  try {
    await client.query(\`
    BEGIN;
    INSERT INTO t
  \`);
  } finally {
    client.release();
  }
}
`,
  ],
  [
    'Tabs and missing semicolons stay as they are.',
    `
export async function each(ids) {
	for (const id of ids) {
		const client = await pool.connect()
		if (!id) continue
		await client.query('SET x = 1')
		client.release()
	}
}
`,
    `
export async function each(ids) {
	for (const id of ids) {
		const client = await pool.connect()
		try {
			if (!id) continue
			await client.query('SET x = 1')
		} finally {
			client.release()
		}
	}
}
`,
  ],
  [
    'A block on one line stays on one line.',
    `
export async function set() { const client = await pool.connect(); await client.query('SET x = 1'); client.release(); }
`,
    `
export async function set() { const client = await pool.connect(); try { await client.query('SET x = 1'); } finally { client.release(); } }
`,
  ],
  [
    'Releases in branches go, and the else that held nothing more.',
    `
export async function save(row) {
  const client = await pool.connect();
  await client.query('SET x = 1');
  if (row) {
    client.release();
    return 1;
  } else {
    client.release();
  }
  return 2;
}
`,
    `
export async function save(row) {
  const client = await pool.connect();
  try {
    await client.query('SET x = 1');
    if (row) {
      return 1;
    }
    return 2;
  } finally {
    client.release();
  }
}
`,
  ],
  [
    'A resource that may be nothing is asked with a question mark.',
    `
export async function save(row) {
  const client = await pool.connect();
  if (!client) throw new Error('none');
  await client.query('SET x = 1', [row]);
  if (client) client.release();
}
`,
    `
export async function save(row) {
  const client = await pool.connect();
  try {
    if (!client) throw new Error('none');
    await client.query('SET x = 1', [row]);
  } finally {
    client?.release();
  }
}
`,
  ],
  [
    'A client is ended after its connect.',
    `
export async function once() {
  const client = new pg.Client();
  client.on('error', () => {});
  await client.connect();
  const { rows } = await client.query('SELECT 1');
  await client.end();
  return rows;
}
`,
    `
export async function once() {
  const client = new pg.Client();
  client.on('error', () => {});
  await client.connect();
  try {
    const { rows } = await client.query('SELECT 1');
    return rows;
  } finally {
    await client.end();
  }
}
`,
  ],
  [
    'The pool takes back what it lent.',
    `
import { createPool } from 'generic-pool';
const things = createPool({ create: async () => ({}), destroy: async () => {} });
export async function use(id) {
  const thing = await things.acquire();
  await thing.run(id);
}
`,
    `
import { createPool } from 'generic-pool';
const things = createPool({ create: async () => ({}), destroy: async () => {} });
export async function use(id) {
  const thing = await things.acquire();
  try {
    await thing.run(id);
  } finally {
    await things.release(thing);
  }
}
`,
  ],
  [
    'A query runner is released and waited for.',
    `
import { DataSource } from 'typeorm';
const source = new DataSource({});
export async function save(row) {
  const runner = source.createQueryRunner();
  await runner.connect();
  await runner.manager.save(row);
  await runner.release();
}
`,
    `
import { DataSource } from 'typeorm';
const source = new DataSource({});
export async function save(row) {
  const runner = source.createQueryRunner();
  try {
    await runner.connect();
    await runner.manager.save(row);
  } finally {
    await runner.release();
  }
}
`,
  ],
  [
    'Work in a loop over an array is waited for as a whole.',
    `
export async function all(ids) {
  const client = await pool.connect();
  const found = await Promise.all(ids.map((id) => client.query('SELECT 1', [id])));
  client.release();
  return found;
}
`,
    `
export async function all(ids) {
  const client = await pool.connect();
  try {
    const found = await Promise.all(ids.map((id) => client.query('SELECT 1', [id])));
    return found;
  } finally {
    client.release();
  }
}
`,
  ],
];

describe('A suggested finally.', () => {
  it.each(programs)('%s', (_title, before, after) => {
    expect(mendsOf(before, 'espree', 'finally')).toEqual([after]);
    expect(mendsOf(before, 'typescript', 'finally')).toEqual([after]);
  });
});
