import { describe, expect, it } from 'vitest';
import { mendsOf } from './mend.ts';

const programs: readonly (readonly [string, string, string])[] = [
  [
    'The driver\'s own dispose symbol gives it back.',
    `
export async function save(row) {
  const connection = await mpool.getConnection();
  await connection.beginTransaction();
  await connection.query('INSERT INTO t VALUES (?)', [row]);
  await connection.commit();
  connection.release();
}
`,
    `
export async function save(row) {
  await using connection = await mpool.getConnection();
  await connection.beginTransaction();
  await connection.query('INSERT INTO t VALUES (?)', [row]);
  await connection.commit();
}
`,
  ],
  [
    'A try that only released goes, one level to the left.',
    `
export async function save(row) {
  let connection = await mpool.getConnection();
  if (!row) return;
  try {
    await connection.query('SET x = 1');
    await connection.query('INSERT INTO t VALUES (?)', [row]);
  } finally {
    connection.release();
  }
}
`,
    `
export async function save(row) {
  await using connection = await mpool.getConnection();
  if (!row) return;
  await connection.query('SET x = 1');
  await connection.query('INSERT INTO t VALUES (?)', [row]);
}
`,
  ],
  [
    'A name that would clash keeps its block.',
    `
export async function save(row) {
  const connection = await mpool.getConnection();
  const one = (value) => value;
  await connection.query('SET x = 1');
  try {
    const value = await connection.query('SET y = 1');
    one(value);
  } finally {
    connection.release();
  }
}
`,
    `
export async function save(row) {
  await using connection = await mpool.getConnection();
  const one = (value) => value;
  await connection.query('SET x = 1');
  {
    const value = await connection.query('SET y = 1');
    one(value);
  }
}
`,
  ],
];

describe('A suggested using.', () => {
  it.each(programs)('%s', (_title, before, after) => {
    expect(mendsOf(before, 'espree', 'using')).toEqual([after]);
    expect(mendsOf(before, 'typescript', 'using')).toEqual([after]);
  });
});
