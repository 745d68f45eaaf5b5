import { describe, expect, test } from 'vitest';
import { codes, eventTypes, guard, LifeguardError, type GuardOptions } from '../../../packages/guard/dist/index.js';
import { readOptions } from '../../../packages/guard/src/options.ts';
import { systemClock } from '../../../packages/guard/src/clock.ts';

describe('options', () => {
  test('have the documented defaults', () => {
    expect(readOptions()).toEqual({
      handles: 'fenced',
      stacks: 'sampled',
      idleLimitMs: 30_000,
      holdLimitMs: false,
      scopeGraceMs: 100,
      reclaim: { collected: 'destroy', scopeEnded: 'off', idle: 'off', held: 'off', onlyWhenExhausted: false, maxPerMinute: 60 },
      ping: { afterIdleMs: 1000, timeoutMs: 1000, role: 'any' },
      maxLifetimeMs: false,
      dirtyReturn: 'rollback',
      drainMs: 5000,
      acquireTimeoutMs: false,
      waitWarnMs: 1000,
      deadlock: 'fail',
      deadlockGraceMs: 1000,
      printOnSignal: false,
      clock: systemClock,
    });
  });

  test('say one word for every evidence, or one for each', () => {
    expect(readOptions({ reclaim: 'destroy' }).reclaim).toMatchObject({ collected: 'destroy', scopeEnded: 'destroy', idle: 'destroy', held: 'destroy' });
    expect(readOptions({ reclaim: 'off' }).reclaim).toMatchObject({ collected: 'off', scopeEnded: 'off', idle: 'off', held: 'off' });
    expect(readOptions({ reclaim: { idle: 'destroy' } }).reclaim).toMatchObject({ collected: 'destroy', scopeEnded: 'off', idle: 'destroy', held: 'off' });
    expect(readOptions({ ping: false }).ping).toBe(false);
  });

  test.each<[string, object, RegExp]>([
    ['an unknown name', { idleLimit: 5 }, /`idleLimit` is no option of guard; did you mean `idleLimitMs`\?/u],
    ['a name that is near nothing', { zzzzzzzzzzzz: 5 }, /`zzzzzzzzzzzz` is no option of guard; legal: name, /u],
    ['an unknown name inside', { ping: { timeout: 5 } }, /`ping\.timeout` is no option of guard; did you mean `ping\.timeoutMs`\?/u],
    ['a number below the range', { idleLimitMs: 0 }, /`idleLimitMs` is 0; legal: a number of milliseconds from 1 to 2147483647, or false\./u],
    ['a number no timer can be set to', { holdLimitMs: 2 ** 31 }, /`holdLimitMs` is 2147483648; /u],
    ['NaN', { drainMs: Number.NaN }, /`drainMs` is /u],
    ['a word of another option', { handles: 'off' }, /`handles` is 'off'; legal: 'fenced', 'bare'\./u],
    ['a wrong action', { reclaim: 'release' }, /`reclaim` is 'release'; legal: 'off', 'destroy', /u],
    ['a callback that is none', { reclaim: { allow: true } }, /`reclaim\.allow` is true; legal: a function\./u],
    ['a clock that is none', { clock: Date }, /`clock` is /u],
    ['a signal that is not ours', { printOnSignal: 'SIGTERM' }, /`printOnSignal` is 'SIGTERM'; legal: 'SIGUSR2', 'SIGHUP', or false\./u],
    ['a name that is empty', { name: '' }, /`name` is ''; /u],
  ])('with %s are refused at once', (_what, given, message) => {
    expect(() => guard({}, given as GuardOptions)).toThrow(message);
    expect(() => guard({}, given as GuardOptions)).toThrow(expect.objectContaining({ code: 'LIFEGUARD_BAD_OPTION' }));
  });
});

test('every error has a code, a sentence, what to do and a link', () => {
  expect(codes.length).toBeGreaterThan(0);
  for (const code of codes) {
    const error = new LifeguardError(code, 'Something happened.', { cause: 'a cause' });
    expect(error).toBeInstanceOf(Error);
    expect(error.message).toMatch(/^Something happened\. [A-Z].+\. https:\/\/lifeguard\.dev\/errors#lifeguard_[a-z_]+$/u);
    expect(error).toMatchObject({ code, docs: `https://lifeguard.dev/errors#${code.toLowerCase()}`, cause: 'a cause' });
  }
});

test('the union of events is closed, and has the types that are promised', () => {
  expect([...eventTypes].sort()).toEqual([
    'acquired', 'alert', 'connection-lost', 'created', 'deadlock', 'destroyed', 'dirty-return', 'exhausted', 'guard-error',
    'leak-suspected', 'leaked', 'nested-acquire', 'reclaimed', 'returned', 'returned-late', 'stale-discarded', 'stale-handle',
  ]);
  expect(Object.isFrozen(eventTypes)).toBe(true);
});
