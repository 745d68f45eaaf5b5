import { describe, it } from 'vitest';
import { expectMarked } from './project.ts';

const mysql = `
import { createPool } from 'mysql2';
import { notify } from './notify.js';
const pool = createPool({});
`;

const mysqlPromise = `
import { createPool } from 'mysql2/promise';
const pool = createPool({});
`;

const pg = `
import { Pool } from 'pg';
import { notify } from './notify.js';
const pool = new Pool();
`;

const typeorm = `
import { from } from 'rxjs';
import { finalize, mergeMap } from 'rxjs/operators';
import { DataSource } from 'typeorm';
const source = new DataSource({ type: 'postgres' });
`;

describe('an `async` callback that an acquire is given', () => {
  it.each([
    ['loses the connection by what it awaits and nobody catches', `${mysql}
export function pay(order) {
  pool.getConnection(async (error, connection) => { // ✗ notReleasedOnThrow
    if (error) return;
    await notify(order);
    connection.release();
  });
}
`],
    ['loses it by a query that it awaits', `${mysql}
export function pay(order) {
  pool.getConnection(async (error, connection) => { // ✗ notReleasedOnThrow
    if (error) return;
    await connection.promise().query('UPDATE orders SET paid = 1 WHERE id = ?', [order]);
    connection.release();
  });
}
`],
    ['loses it where the third parameter releases', `${pg}
export function pay(order) {
  pool.connect(async (error, client, done) => { // ✗ notReleasedOnThrow
    if (error) return;
    await notify(order);
    done();
  });
}
`],
    ['loses it where it is a function', `${mysql}
export function pay(order) {
  pool.getConnection(async function (error, connection) { // ✗ notReleasedOnThrow
    if (error) return;
    await notify(order);
    connection.release();
  });
}
`],
    ['keeps it with a `finally`', `${mysql}
export function pay(order) {
  pool.getConnection(async (error, connection) => {
    if (error) return;
    try {
      await notify(order);
    } finally {
      connection.release();
    }
  });
}
`],
    ['keeps it where it catches and goes on', `${mysql}
export function pay(order) {
  pool.getConnection(async (error, connection) => {
    if (error) return;
    try {
      await notify(order);
    } catch (failure) {
      console.error(failure);
    }
    connection.release();
  });
}
`],
    ['keeps it where what is awaited cannot reject', `${mysql}
export function pay(order) {
  pool.getConnection(async (error, connection) => {
    if (error) return;
    await notify(order).catch(() => {});
    connection.release();
  });
}
`],
    ['keeps it where it awaits behind the release', `${mysql}
export function pay(order) {
  pool.getConnection(async (error, connection) => {
    if (error) return;
    connection.release();
    await notify(order);
  });
}
`],
    ['awaits nothing, and is no more to blame than one that is not', `${mysql}
export function pay(order) {
  pool.getConnection(async (error, connection) => {
    if (error) return;
    notify(order);
    connection.release();
  });
}
`],
    ['of somebody else only works with a connection that is released elsewhere', `${mysqlPromise}
export async function pay(orders) {
  const connection = await pool.getConnection();
  try {
    orders.forEach(async (order) => {
      await order.pay();
    });
  } finally {
    connection.release();
  }
}
`],
  ])('%s', (_title, program) => {
    expectMarked({ 'orders.js': program });
  });
});

describe('a promise that is made on the spot', () => {
  const around = (line: string, mark = ''): string => `${mysqlPromise}
export async function retry(socket) {
  const connection = await pool.getConnection();${mark}
  ${line}
  connection.release();
}
`;
  const mark = ' // ✗ notReleasedOnThrow';

  it.each([
    ['resolves after a while', `await new Promise((resolve) => setTimeout(resolve, 100));`],
    ['resolves after a while, in a function', `await new Promise(function (resolve) { setTimeout(resolve, 100); });`],
    ['resolves on an event', `await new Promise((resolve) => socket.once('drain', resolve));`],
    ['resolves with what an event brings', `await new Promise((resolve) => { socket.once('data', (chunk) => resolve(chunk)); });`],
    ['throws only later, where nobody waits for it', `await new Promise((resolve) => { socket.once('data', (chunk) => { if (!chunk) throw new Error('empty'); resolve(); }); });`],
  ])('cannot reject: it %s', (_title, line) => {
    expectMarked({ 'retry.js': around(line) });
  });

  it.each([
    ['is given `reject`', `await new Promise((resolve, reject) => { socket.once('drain', resolve); socket.once('error', reject); });`],
    ['is given all there is', `await new Promise((...settle) => socket.settle(...settle));`],
    ['is made by a function of another place', `await new Promise(socket.drained);`],
    ['throws on the spot', `await new Promise((resolve) => { if (!socket.writable) throw new Error('closed'); socket.once('drain', resolve); });`],
    ['resolves with another promise', `await new Promise((resolve) => resolve(socket.drained()));`],
    ['resolves with what may be another promise', `await new Promise((resolve) => { const drained = socket.drained(); resolve(drained); });`],
    ['resolves with another promise in one case', `await new Promise((resolve) => resolve(socket.writable ? 1 : socket.drained()));`],
    ['resolves under another name', `await new Promise((resolve) => { const done = resolve; done(socket.drained()); });`],
    ['rejects in the old way', `await new Promise(function (resolve) { socket.once('error', arguments[1]); socket.once('drain', resolve); });`],
    ['resolves with another promise after a while', `await new Promise((resolve) => { setTimeout(() => resolve(socket.drained()), 100); });`],
    ['is another one that it waits for', `await Promise.race([new Promise((resolve) => setTimeout(resolve, 100)), socket.drained()]);`],
  ])('may reject: it %s', (_title, line) => {
    expectMarked({ 'retry.js': around(line, mark) });
  });
});

describe('what an observable is made from', () => {
  it('does not throw on the spot', () => {
    expectMarked({
      'orders.ts': `${typeorm}
export function count() {
  const runner = source.createQueryRunner();
  return from(runner.connect()).pipe(
    mergeMap(() => runner.query('SELECT count(*) FROM orders')),
    finalize(() => runner.release()),
  );
}
`,
    });
  });

  it('is owed nevertheless', () => {
    expectMarked({
      'orders.ts': `${typeorm}
export function count() {
  const runner = source.createQueryRunner(); // ✗ neverReleased
  return from(runner.connect()).pipe(mergeMap(() => runner.query('SELECT count(*) FROM orders')));
}
`,
    });
  });

  it('throws where it is awaited, and not given to an observable', () => {
    expectMarked({
      'orders.ts': `${typeorm}
export async function count() {
  const runner = source.createQueryRunner(); // ✗ notReleasedOnThrow
  await runner.connect();
  await runner.query('SET search_path TO orders');
  return from(runner.query('SELECT count(*) FROM orders')).pipe(finalize(() => runner.release()));
}
`,
    });
  });
});

describe('functions that wait for each other in a row of three thousand', () => {
  const row = (how: string): string =>
    Array.from({ length: 3_000 }, (_, at) => `async function step${at}(order) { ${how} step${(at + 1) % 3_000}(order); }`).join('\n');

  it.each([
    ['await', 'await'],
    ['return', 'return'],
  ])('are not followed to their end: %s', (_, how) => {
    expectMarked({
      'orders.ts': `${mysqlPromise}
export async function pay(order) {
  const connection = await pool.getConnection(); // ✗ notReleasedOnThrow
  await step0(order);
  connection.release();
}
${row(how)}
`,
    });
  });
});
