import { describe, it } from 'vitest';
import { expectMarked } from './project.ts';

const session = `
import { Pool } from 'pg';
const pool = new Pool();
export class Session {
  async begin() {
    this.client = await pool.connect();
  }
  rows(text) {
    return this.client.query(text);
  }
  finish() {
    this.client.release();
  }
}
export async function beginSession() {
  const session = new Session();
  await session.begin();
  return session;
}
`;
const barrels = {
  'session.js': session,
  'first.js': `export * from './session.js';`,
  'second.js': `export { Session, beginSession } from './first.js';`,
};

describe('an object of another file, with methods of its own names', () => {
  it.each([
    ['is owed by whoever makes it', `
import { Session } from './session.js';
export async function count() {
  const own = new Session();
  await own.begin(); // ✗ notReleasedOnThrow
  const rows = await own.rows('SELECT 1');
  own.finish();
  return rows;
}
`],
    ['is owed through two files that pass it on', `
import { Session } from './second.js';
export async function count() {
  const own = new Session();
  await own.begin(); // ✗ notReleasedOnThrow
  const rows = await own.rows('SELECT 1');
  own.finish();
  return rows;
}
`],
    ['is owed where it is required', `
const { Session } = require('./first.js');
exports.count = async function () {
  const own = new Session();
  await own.begin(); // ✗ notReleasedOnThrow
  const rows = await own.rows('SELECT 1');
  own.finish();
  return rows;
};
`],
    ['is owed as a member of all that is imported', `
import * as database from './first.js';
export async function count() {
  const own = new database.Session();
  await own.begin(); // ✗ notReleasedOnThrow
  const rows = await own.rows('SELECT 1');
  own.finish();
  return rows;
}
`],
    ['is owed where a function makes it', `
import { beginSession } from './second.js';
export async function count() {
  const own = await beginSession(); // ✗ notReleasedOnThrow
  const rows = await own.rows('SELECT 1');
  own.finish();
  return rows;
}
`],
    ['is given back in every case', `
import { Session } from './second.js';
export async function count() {
  const own = new Session();
  await own.begin();
  try {
    return await own.rows('SELECT 1');
  } finally {
    own.finish();
  }
}
`],
    ['is given back by whoever asked for it', `
import { beginSession } from './second.js';
export async function count() {
  const own = await beginSession();
  try {
    return await own.rows('SELECT 1');
  } finally {
    own.finish();
  }
}
`],
    ['is not owed where it is one of a package', `
import { Session } from '@acme/session';
import { beginSession } from './second.js';
export async function count() {
  const own = new Session();
  await own.begin();
  return await own.rows('SELECT 1');
}
export { beginSession };
`],
    ['is not owed where it is handed on', `
import { Session } from './second.js';
export async function lend(request) {
  const own = new Session();
  request.session = own;
  await own.begin();
}
`],
  ])('%s', (_title, orders) => {
    expectMarked({ ...barrels, 'orders.js': orders });
  });
});
