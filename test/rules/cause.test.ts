import { Linter } from 'eslint';
import { describe, expect, it } from 'vitest';
import { requireReleaseOnThrow } from '../../packages/eslint-plugin/src/rules/require-release-on-throw.ts';
import { requireRelease } from '../../packages/eslint-plugin/src/rules/require-release.ts';

/** The messages on a function that holds a client, whose first line is line 3. */
function said(...lines: readonly string[]): string[] {
  const code = ["import pg from 'pg'; const pool = new pg.Pool();", 'export async function run(a, b, rows) {', ...lines, '}'].join('\n');
  const rules = { 'lifeguard/require-release': 2, 'lifeguard/require-release-on-throw': 2 } as const;
  const plugin = { rules: { 'require-release': requireRelease, 'require-release-on-throw': requireReleaseOnThrow } };
  return new Linter({ cwd: '/' })
    .verify(code, { plugins: { lifeguard: plugin as never }, rules }, { filename: '/app.js' })
    .map(({ message }) => message);
}

describe('a message says what loses the resource', () => {
  it.each([
    ['a condition', 'if (a) client.release();', 'if the condition on line 4 is false'],
    ['a condition as it is written, not as it is asked', 'if (!a) client.release();', 'if the condition on line 4 is false'],
    ['the whole of a condition', 'if (a && !b) client.release();', 'if the condition on line 4 is false'],
    ['a condition that must not hold', 'if (!(a || b)) { rows.pop(); } else client.release();', 'if the condition on line 4 is true'],
    ['a return', 'if (a) return; client.release();', 'before the `return` on line 4'],
    ['a throw', "if (a) throw new Error('a'); client.release();", 'if line 4 throws'],
    ['a call', "await client.query('x'); client.release();", 'if `client.query()` on line 4 throws'],
  ])('such as %s', (_title, line, cause) => {
    expect(said('const client = await pool.connect();', line)).toEqual([`\`client\` is not released ${cause}.`]);
  });

  it('never a condition or a return that was met before the acquire', () => {
    const lines = ['if (a) rows.push(a);', 'return new Promise(async (resolve) => {', 'const client = await pool.connect();', 'if (b) client.release();', 'resolve(rows);', '});'];
    expect(said(...lines)).toEqual(['`client` is not released if the condition on line 6 is false.']);
  });

  it('what a callback throws by the call in it, not by its own first line', () => {
    const lines = ['pool.connect(async (err, client, done) => {', 'if (err) return;', 'await rows.load();', 'done();', '});'];
    expect(said(...lines)).toEqual(['`client` is not released if `rows.load()` on line 5 throws.']);
  });

  it('of each of many acquires in one function', () => {
    const lines = Array.from({ length: 1_000 }, (_, index) => `const c${index} = await pool.connect(); await c${index}.query('x');`);
    const messages = said(...lines, 'if (a) return;', 'await b();');
    expect(messages).toHaveLength(1_000);
    expect(new Set(messages.map((message) => message.replace(/c\d+/u, 'c')))).toEqual(new Set(['`c` is never released.']));
  });
});
