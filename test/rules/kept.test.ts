import { describe, it } from 'vitest';
import { expectMarked } from './project.ts';

const pool = `
import { createPool } from 'mysql2/promise';
const pool = createPool({});
`;

/** Asks a function of the file for a connection and keeps what it gets. */
const count = (mark = ''): string => `
export async function count() {
  const own = await open();${mark}
  return own.query('SELECT count(*) FROM orders');
}
`;
const owed = count(' // ✗ neverReleased');

describe('a variable of the module that only the function that opens mentions', () => {
  it.each([
    ['is overwritten by the next call: the caller owes', `
let connection;
async function open() {
  connection = await pool.getConnection();
  return connection;
}
${owed}`],
    ['is overwritten wherever in the function it is assigned', `
let connection;
async function open() {
  for (;;) {
    try {
      connection = await pool.getConnection();
      break;
    } catch (error) {
      console.error(error);
    }
  }
  return connection;
}
${owed}`],
    ['is overwritten where a branch opens and returns', `
let connection;
async function open(ready) {
  if (ready) {
    connection = await pool.getConnection();
    return connection;
  }
  throw new Error('not ready');
}
${owed}`],
    ['leaves nothing owed to a caller that gives it back', `
let connection;
async function open() {
  connection = await pool.getConnection();
  return connection;
}
export async function count() {
  const own = await open();
  try {
    return await own.query('SELECT count(*) FROM orders');
  } finally {
    own.release();
  }
}
`],
    ['is nobody\'s where no one asks for it', `
let connection;
export async function open() {
  connection = await pool.getConnection();
  return connection;
}
`],
  ])('%s', (_title, program) => {
    expectMarked({ 'orders.js': pool + program });
  });
});

describe('a variable of the module that keeps a connection is nobody\'s to give back', () => {
  it.each([
    ['where another function reads it', `
let connection;
async function open() {
  connection = await pool.getConnection();
  return connection;
}
export async function close() {
  await connection.release();
}
${count()}`],
    ['where the caller reads it', `
let connection;
async function open() {
  connection = await pool.getConnection();
  return connection;
}
export async function count() {
  await open();
  return connection.query('SELECT count(*) FROM orders');
}
`],
    ['where it is tested first', `
let connection;
async function open() {
  if (!connection) connection = await pool.getConnection();
  return connection;
}
${count()}`],
    ['where it is returned first', `
let connection;
async function open() {
  if (connection) return connection;
  connection = await pool.getConnection();
  return connection;
}
${count()}`],
    ['where it is assigned only if there is none', `
let connection;
async function open() {
  connection ??= await pool.getConnection();
  return connection;
}
${count()}`],
    ['where it is assigned only if it is false', `
let connection;
async function open() {
  connection ||= await pool.getConnection();
  return connection;
}
${count()}`],
    ['where it is assigned itself, or another', `
let connection;
async function open() {
  connection = connection ?? (await pool.getConnection());
  return connection;
}
${count()}`],
    ['where a flag says that there is one', `
let connection;
let isOpen = false;
async function open() {
  if (!isOpen) {
    connection = await pool.getConnection();
    isOpen = true;
  }
  return connection;
}
${count()}`],
    ['where the promise is kept', `
let opening;
function open() {
  opening ??= pool.getConnection();
  return opening;
}
${count()}`],
    ['where it is exported', `
let connection;
async function open() {
  connection = await pool.getConnection();
  return connection;
}
${count()}
export { connection };
`],
    ['where it is exported as it is declared', `
export let connection;
async function open() {
  connection = await pool.getConnection();
  return connection;
}
${count()}`],
  ])('%s', (_title, program) => {
    expectMarked({ 'orders.js': pool + program });
  });
});

describe('a variable of the function around, which only the function that opens mentions', () => {
  it.each([
    ['is out of reach once that has returned', `
export function dump(req, res, next) {
  let connection;
  async function insert() {
    try {
      connection = await pool.getConnection(); // ✗ neverReleased
      connection.query('INSERT INTO contacts VALUES (?)', [req.body], (err) => {
        if (err) console.error(err.message);
      });
    } catch (err) {
      console.error(err);
    }
  }
  insert();
  next();
}`],
    ['is given back there', `
export function dump(req, res, next) {
  let connection;
  async function insert() {
    try {
      connection = await pool.getConnection();
      await connection.query('INSERT INTO contacts VALUES (?)', [req.body]);
    } finally {
      connection?.release();
    }
  }
  insert();
  next();
}`],
    ['is given back by the function around', `
export async function dump(req, res, next) {
  let connection;
  async function open() {
    connection = await pool.getConnection();
    await connection.query('BEGIN');
  }
  await open();
  connection.release();
  next();
}`],
    ['is given back by another function in it', `
export function orders() {
  let connection;
  return {
    async open() {
      connection = await pool.getConnection();
      await connection.query('BEGIN');
    },
    close() {
      connection.release();
    },
  };
}`],
    ['keeps for the next call what it has', `
export function orders() {
  let connection;
  return async function count() {
    if (!connection) connection = await pool.getConnection();
    return connection.query('SELECT count(*) FROM orders');
  };
}`],
  ])('%s', (_title, program) => {
    expectMarked({ 'orders.js': pool + program });
  });
});
