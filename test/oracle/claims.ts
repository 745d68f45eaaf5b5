import { expect, it } from 'vitest';
import type { Policy } from './policy.ts';
import { truthOf, type Verdict } from './truth.ts';

const head = `import pg from 'pg';
import mysql from 'mysql2/promise';
const pool = new pg.Pool();
const mpool = mysql.createPool({});
export async function run({ env, items, work, log, kept, p1, p2, g1 }) {
`;

/** The truth of a body's acquires, in the order of their lines. */
async function verdicts(body: string, policy: Policy = 'await'): Promise<Verdict[]> {
  const truth = await truthOf(`${head}${body}\n}`, policy);
  return [...truth.sites.values()];
}

type Case = readonly [title: string, body: string, expected: Verdict | readonly Verdict[], policy?: Policy];

/** One test per case: the runs of the body show what is expected of its acquires. */
export function check(cases: readonly Case[]): void {
  for (const [title, body, expected, policy] of cases) {
    it(title, async () => {
      expect(await verdicts(body, policy)).toEqual([expected].flat());
    });
  }
}
