import { describe, it } from 'vitest';
import { expectMarked } from './project.ts';

const inner = `
export class Inner {
  async open() {
    this.client = await pool.connect();
  }
  close() {
    this.client.release();
  }
}
`;
const make = `
export async function make() {
  const inner = new Inner();
  await inner.open();
  return inner;
}
`;
const outer = `
export class Outer {
  async open() {
    this.inner = await make();
  }
  close() {
    this.inner.close();
  }
}
`;
const byInner = `
export async function one() {
  const inner = await make(); // ✗ neverReleased
  await inner.client.query('SELECT 1');
}
export async function another() {
  const inner = await make();
  try {
    await inner.client.query('SELECT 1');
  } finally {
    inner.close();
  }
}
`;
const byOuter = `
export async function two() {
  const outer = new Outer();
  await outer.open(); // ✗ notReleasedOnThrow
  await outer.inner.client.query('SELECT 1');
  outer.close();
}
`;
const pool = `
import { Pool } from 'pg';
const pool = new Pool();
`;

describe('what an object holds that another object made', () => {
  const parts = [inner, make, outer, byInner, byOuter];

  it.each(orders([0, 1, 2, 3, 4], 12).map((order) => [order.join(' '), order] as const))('is told in whichever order the file has it: %s', (_title, order) => {
    expectMarked({ 'orders.js': `${pool}${order.map((index) => parts[index]).join('')}` });
  });

  it.each([
    ['the one first', `${byInner}${byOuter}`],
    ['the other first', `${byOuter}${byInner}`],
  ])('is told in whichever order another file asks: %s', (_title, asked) => {
    expectMarked({
      'lent.js': `${pool}${inner}${make}${outer}`,
      'orders.js': `import { Outer, make } from './lent.js';\n${asked}`,
    });
  });

  it.each([
    ['the shortest first', [1, 2, 3, 4, 5]],
    ['the longest first', [5, 4, 3, 2, 1]],
  ])('is told through functions that call functions: %s', (_title, order) => {
    const asked = order.map((steps) => `
export async function by${String(steps)}() {
  const client = await make${String(steps)}(); // ✗ neverReleased
  await client.query('SELECT 1');
}
`);
    const made = [2, 3, 4, 5].map((steps) => `export async function make${String(steps)}() {\n  const client = await make${String(steps - 1)}();\n  return client;\n}\n`);
    expectMarked({
      'lent.js': `${pool}export async function make1() {\n  return pool.connect();\n}\n${made.join('')}`,
      'orders.js': `import { make1, make2, make3, make4, make5 } from './lent.js';\n${asked.join('')}`,
    });
  });

  it.each([
    ['the shortest first', [1, 2, 3, 4, 5]],
    ['the longest first', [5, 4, 3, 2, 1]],
  ])('is given back through functions that call functions: %s', (_title, order) => {
    const given = [2, 3, 4, 5].map((steps) => `function end${String(steps)}(client) {\n  end${String(steps - 1)}(client);\n}\n`);
    const asked = order.map((steps) => `
export async function by${String(steps)}() {
  const client = await pool.connect(); // ✗ notReleasedOnPath
  const rows = await client.query('SELECT 1').catch(() => undefined);
  if (rows === undefined) return undefined;
  end${String(steps)}(client);
  return rows;
}
`);
    expectMarked({ 'orders.js': `${pool}function end1(client) {\n  client.release();\n}\n${given.join('')}${asked.join('')}` });
  });

  it('is told where functions call each other', () => {
    const first = `
async function first(client, again) {
  try {
    await second(client, again);
  } catch (error) {
    console.error(error);
  }
}
`;
    const second = `
async function second(client, again) {
  await first(client, again - 1);
}
`;
    const asked = [`
export async function one() {
  const client = await pool.connect();
  await first(client, 1);
  client.release();
}
`, `
export async function two() {
  const client = await pool.connect();
  await second(client, 1);
  client.release();
}
`];
    for (const order of [asked, asked.toReversed()]) expectMarked({ 'orders.js': `${pool}${first}${second}${order.join('')}` });
  });
});

/** Some of the orders of a list, spread over all of them. */
function orders(list: readonly number[], count: number): readonly (readonly number[])[] {
  const all = permutations(list);
  return all.filter((_order, index) => index % Math.ceil(all.length / count) === 0);
}

function permutations(list: readonly number[]): readonly (readonly number[])[] {
  if (list.length < 2) return [list];
  return list.flatMap((first) => permutations(list.filter((other) => other !== first)).map((rest) => [first, ...rest]));
}
