import { describe, expect, it } from 'vitest';
import { wordsIn } from '../../packages/eslint-plugin/src/read/prescan.ts';
import { readSettings } from '../../packages/eslint-plugin/src/read/settings.ts';

const { facts } = readSettings({});

describe('one scan tells whether a file is worth reading', () => {
  it.each([
    ['a catalogued import', `import { Pool } from 'pg'`],
    ['a catalogued require', `const mysql = require("mysql2/promise")`],
    ['a distinctive acquire', `export const f = (db) => db.getConnection()`],
    ['a common acquire that meets a release', `const c = await x.connect(); c.release()`],
    ['a destructured acquire that meets a release', `const { connect: open } = x; const c = await open(); c.release()`],
    ['a computed acquire that meets a release', `const c = await x['connect'](); c.release()`],
    ['a release that meets a common acquire', `c.release(); const c = await x.connect()`],
  ])('%s is', (_title, text) => {
    expect(wordsIn(text, facts, () => false).expected).toBe('pools');
  });

  it.each([
    ['a common acquire of an import', `import { pool } from './db'; const c = await pool.connect()`],
    ['a release of an import', `const { get } = require('../db'); get().release()`],
    ['an acquire and a release of different drivers', `import { a } from './a'; await a.reserve(); done()`],
  ])('%s is, if the import has to do with a driver', (_title, text) => {
    expect(wordsIn(text, facts, () => false).expected).toBe('imported');
  });

  it('an import under another name counts as well', () => {
    const text = `import { pool } from '@/db'; const c = await pool.connect()`;
    expect(wordsIn(text, facts, () => true).expected).toBe('imported');
    expect(wordsIn(text, facts, () => false).expected).toBe('nothing');
  });

  it.each([
    ['a common acquire alone', `socket.connect()`],
    ['a comment', `/* These connect what is done. */ const done = new Set();`],
    ['a search', `import { a } from './a'; a.find(1); a.query(2); fetch(3)`],
    ['part of a word', `import x from './x'; disconnected(); connectivity()`],
    ['another package', `import pgp from 'pg-promise'`],
    ['no code', ``],
  ])('%s is not', (_title, text) => {
    expect(wordsIn(text, facts, () => false).expected).toBe('nothing');
  });

  it.each([
    // Were a step of it quadratic, a megabyte would take longer than a test may.
    ['quotes', `'`.repeat(1_000_000)],
    ['beginnings of names', 'getConnectio'.repeat(80_000)],
    ['acquires', 'a.connect();'.repeat(80_000)],
    ['slashes', `'../`.repeat(300_000)],
  ])('comes to an end with a megabyte of %s', (_title, text) => {
    expect(wordsIn(text, facts, () => false).expected).toBe('nothing');
  });
});
