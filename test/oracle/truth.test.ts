import { describe } from 'vitest';
import { check } from './claims.ts';

describe('the truth of an acquire that is made where the caller gave nothing', () => {
  check([
    ['is clean where it is released if nothing was given', 'const o = !g1; let c = g1;\nif (!c) c = await pool.connect();\nif (o) c.release();', 'clean'],
    ['is a normal leak where it is released if something was', 'let c = g1 || (await pool.connect());\nif (g1) c.release();', 'normal'],
    ['is a leak on throw where a query may reject between', "let c = g1 ?? (await pool.connect());\nawait c.query('q'); if (!g1) c.release();", 'throw'],
  ]);
});

describe('the truth of an acquire followed by a release', () => {
  check([
    ['is clean where nothing lies between', 'const c = await pool.connect(); c.release();', 'clean'],
    ['is a normal leak where nothing releases', 'const c = await pool.connect();', 'normal'],
    ['is a normal leak where the result is dropped', 'await pool.connect();', 'normal'],
    ['is a normal leak where even the await is missing', 'pool.connect();', 'normal'],
    [
      'is a leak on throw where a query may reject between them',
      "const c = await pool.connect(); await c.query('q'); c.release();",
      'throw',
    ],
    [
      'is clean under "off", where no query rejects',
      "const c = await pool.connect(); await c.query('q'); c.release();",
      'clean',
      'off',
    ],
    [
      'is a leak on throw under "off" too where the program throws by itself',
      "const c = await pool.connect(); if (p1) throw new Error('x'); c.release();",
      'throw',
      'off',
    ],
    [
      'is clean under "await" where only a plain call lies between',
      "const c = await pool.connect(); log('x'); c.release();",
      'clean',
    ],
    [
      'is a leak on throw under "calls" where a plain call lies between',
      "const c = await pool.connect(); log('x'); c.release();",
      'throw',
      'calls',
    ],
    [
      'is clean under "calls" where only a member is read between',
      'const c = await pool.connect(); if (env.a1) { c.release(); } else { c.release(true); }',
      'clean',
      'calls',
    ],
    [
      'is a leak on throw under "all" where a member is read between',
      'const c = await pool.connect(); if (env.a1) { c.release(); } else { c.release(true); }',
      'throw',
      'all',
    ],
    [
      'is a leak on throw where a method of the connection may throw between',
      "const c = await pool.connect(); c.escapeLiteral('x'); c.release();",
      'throw',
    ],
    [
      'is clean under "await" where a method of another connection may throw between',
      "const d = await pool.connect();\nconst c = await pool.connect(); d.escapeLiteral('x'); c.release(); d.release();",
      ['throw', 'clean'],
    ],
    [
      'is a leak on throw under "calls" where a method of another connection may throw between',
      "const d = await pool.connect();\nconst c = await pool.connect(); d.escapeLiteral('x'); c.release(); d.release();",
      ['throw', 'throw'],
      'calls',
    ],
    [
      'is clean where a finally releases',
      "const c = await pool.connect(); try { await c.query('q'); if (p1) return; } finally { c.release(); }",
      'clean',
    ],
    [
      'is a leak on throw where a statement stands before the try',
      "const c = await pool.connect(); await work(); try { await c.query('q'); } finally { c.release(); }",
      'throw',
    ],
    [
      'needs two faults where the handler fails as well',
      "const c = await pool.connect(); try { await c.query('q'); } catch { await work(); } c.release();",
      'throw',
    ],
    [
      'is clean where the handler cannot fail',
      "const c = await pool.connect(); try { await c.query('q'); } catch { log('x'); } c.release();",
      'clean',
    ],
    [
      'is normal where a leak follows an exception that came before the acquire',
      'try { await work(); } catch { const c = await pool.connect(); }',
      'normal',
    ],
  ]);
});

describe('the truth of branches, loops and flags', () => {
  check([
    ['sees the branch that returns early', 'const c = await pool.connect(); if (p1) return; c.release();', 'normal'],
    [
      'reads a parameter the same way twice',
      'const c = await pool.connect(); if (p1) c.release(); if (!p1) c.release();',
      'clean',
    ],
    [
      'reads a member anew each time',
      'const c = await pool.connect(); if (env.a1) c.release(); if (!env.a1) c.release();',
      'normal',
    ],
    [
      'sees a continue that skips the release',
      'for (const item of items) { const c = await pool.connect(); if (env.a1) continue; c.release(); }',
      'normal',
    ],
    [
      'leaves an endless loop only by its break',
      'const c = await pool.connect(); for (;;) { if (env.a1) break; } c.release();',
      'clean',
    ],
    [
      'knows nothing of an acquire in dead code',
      'try { log(1); } catch { const c = await pool.connect(); }',
      'unreached',
    ],
    [
      'knows nothing of a run that never ends',
      'const c = await pool.connect(); while (true) { log(1); }',
      'unreached',
    ],
    [
      'follows a break to its label',
      'const c = await pool.connect(); a: for (const item of items) { for (;;) { if (env.a1) break a; } } c.release();',
      'clean',
    ],
    [
      'falls through a case without break',
      'const c = await pool.connect(); switch (env.k3) { case 0: log(1); case 1: c.release(); break; default: c.release(); }',
      'clean',
    ],
    [
      'sees the missing default',
      'const c = await pool.connect(); switch (env.k3) { case 0: c.release(); break; case 1: c.release(); }',
      'normal',
    ],
    [
      'believes a flag',
      'let done = false; const c = await pool.connect(); try { await work(); c.release(); done = true; } finally { if (!done) c.release(true); }',
      'clean',
    ],
    [
      'sees a flag that is set too early',
      'let done = false; const c = await pool.connect(); try { done = true; await work(); c.release(); } finally { if (!done) c.release(true); }',
      'throw',
    ],
    [
      'sees a finally that returns before the release',
      'const c = await pool.connect(); try { await work(); } finally { if (env.a1) return; c.release(); }',
      'normal',
    ],
  ]);
});

describe('the truth of variables', () => {
  check([
    [
      'believes a null check',
      "let c; try { c = await pool.connect(); await c.query('q'); } finally { if (c) c.release(); }",
      'clean',
    ],
    [
      'sees what is overwritten while held',
      'let c = await pool.connect();\nc = await pool.connect();\nc.release();',
      ['normal', 'clean'],
    ],
    ['sees what is cleared while held', 'let c = await pool.connect(); c = null; c?.release();', 'normal'],
    ['follows an alias', 'const c = await pool.connect(); const d = c; d.release();', 'clean'],
    ['lets a returned connection go', 'const c = await pool.connect(); return c;', 'clean'],
    ['lets a connection in a returned object go', 'const c = await pool.connect(); return { c };', 'clean'],
    ['lets a stored connection go', 'const c = await pool.connect(); env.kept = c;', 'clean'],
    ['lets a collected connection go', 'const c = await pool.connect(); kept.push(c);', 'clean'],
    ['discards a run that calls a method of nothing', 'let c; if (p1) { c = await pool.connect(); } c.release();', 'clean'],
    [
      'gives back at the end of the block of an await using',
      'if (p1) { await using c = await mpool.getConnection(); await c.query(1); if (p2) return; }',
      'clean',
    ],
    [
      'gives back several in one block',
      'await using c = await mpool.getConnection();\nawait using d = await mpool.getConnection();\nawait work();',
      ['clean', 'clean'],
    ],
    ['accepts a release through the pool', 'const c = await mpool.getConnection(); mpool.releaseConnection(c);', 'clean'],
    ['accepts a destroy', 'const c = await mpool.getConnection(); c.destroy();', 'clean'],
  ]);
});
