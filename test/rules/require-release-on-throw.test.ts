import { describe, expect, it } from 'vitest';
import { requireReleaseOnThrow } from '../../packages/eslint-plugin/src/rules/require-release-on-throw.ts';
import { verify } from './verify.ts';

const inserts = (before: string): string => `import { MongoClient } from 'mongodb';
export async function insert(uri, order) {
  const client = await MongoClient.connect(uri);
  const db = client.db('orders');
  ${before}
  try {
    await db.collection('orders').insertOne(order);
  } finally {
    await client.close();
  }
}`;

describe('require-release-on-throw', () => {
  it.each(['await', 'calls'])('takes what only reads from a client for safe, where `exceptionalPaths` is %s', (exceptionalPaths) => {
    const code = inserts('const orders = db.collection(\'orders\');');
    expect(verify(requireReleaseOnThrow, code, undefined, [{ exceptionalPaths }])).toEqual([]);
  });

  it('takes what works for unsafe, where `exceptionalPaths` is calls', () => {
    const code = inserts('const orders = db.command({ ping: 1 });');
    expect(verify(requireReleaseOnThrow, code, undefined, [{ exceptionalPaths: 'calls' }])).toEqual(['notReleasedOnThrow@3']);
  });
});
