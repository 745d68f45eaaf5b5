import { expect, test } from 'vitest';
import { WeakMembers } from '../../../packages/guard/src/lease/weak-members.ts';
import { FakeClock } from '../clock.ts';
import { collect } from '../collect.ts';

test('members that are gone leave nothing behind, also where nobody goes round them', async () => {
  const members = new WeakMembers<object>();
  const kept = { name: 'kept' };
  members.add(kept);
  for (let round = 0; round < 20; round += 1) {
    for (let count = 0; count < 500; count += 1) members.add({});
    await collect(new FakeClock());
  }
  expect(members.size).toBeLessThan(2000);
  expect(members.has(kept)).toBe(true);
  expect([...members]).toContain(kept);
});
