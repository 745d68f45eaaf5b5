import { describe, expect, it } from 'vitest';
import { mendsOf } from './mend.ts';

const programs: readonly (readonly [string, string, string])[] = [
  [
    'A query is waited for before the release.',
    `
export async function find(id) {
  const client = await pool.connect();
  try {
    return client.query('SELECT 1', [id]);
  } finally {
    client.release();
  }
}
`,
    `
export async function find(id) {
  const client = await pool.connect();
  try {
    return await client.query('SELECT 1', [id]);
  } finally {
    client.release();
  }
}
`,
  ],
  [
    'All that is pending is waited for at once.',
    `
export async function save(row) {
  const connection = await mpool.getConnection();
  try {
    connection.query('INSERT INTO t VALUES (?)', [row]);
    connection.query('INSERT INTO u VALUES (?)', [row]);
  } finally {
    connection.release();
  }
}
`,
    `
export async function save(row) {
  const connection = await mpool.getConnection();
  try {
    await connection.query('INSERT INTO t VALUES (?)', [row]);
    await connection.query('INSERT INTO u VALUES (?)', [row]);
  } finally {
    connection.release();
  }
}
`,
  ],
  [
    'Every release that floats is waited for.',
    `
import { DataSource } from 'typeorm';
const source = new DataSource({});
export async function save(row) {
  const runner = source.createQueryRunner();
  try {
    await runner.manager.save(row);
  } catch (error) {
    runner.release();
    throw error;
  }
  runner.release();
}
`,
    `
import { DataSource } from 'typeorm';
const source = new DataSource({});
export async function save(row) {
  const runner = source.createQueryRunner();
  try {
    await runner.manager.save(row);
  } catch (error) {
    await runner.release();
    throw error;
  }
  await runner.release();
}
`,
  ],
];

describe('A suggested await.', () => {
  it.each(programs)('%s', (_title, before, after) => {
    expect(mendsOf(before, 'espree', 'await')).toEqual([after]);
    expect(mendsOf(before, 'typescript', 'await')).toEqual([after]);
  });
});
