import { expect, test } from 'vitest';
import { lifeguard, project } from './run.ts';

test('the demonstration shows a leaky service and published packages, and ends with 0', async () => {
  const started = performance.now();
  const { code, stdout, stderr } = await lifeguard(project({}), ['demo']);
  expect(stderr).not.toContain('LIFEGUARD_');
  expect(code).toBe(0);
  expect(stdout).toContain('A small order service');
  expect(stdout).toContain('orders/orders.ts:');
  expect(stdout).toMatch(/│ typeorm +│ [\d.]+ +│ +4\d\d │/);
  expect(performance.now() - started).toBeLessThan(90_000);
}, 100_000);
