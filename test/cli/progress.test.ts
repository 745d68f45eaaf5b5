import { PassThrough } from 'node:stream';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { startProgress } from '../../packages/cli/src/lint/progress.ts';

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['performance'] });
});
afterEach(() => {
  vi.useRealTimers();
});

function stream(isTTY: boolean) {
  const written = new PassThrough();
  return Object.assign(written, { isTTY, columns: 80 }) as unknown as NodeJS.WriteStream;
}

test('says nothing in a log before five seconds, then a line every five', () => {
  const log = stream(false);
  const progress = startProgress(log, 300);
  for (let done = 0; done <= 12; done += 1) {
    progress.update(done);
    vi.advanceTimersByTime(1000);
  }
  progress.stop();
  const lines = String(log.read()).trimEnd().split('\n');
  expect(lines).toEqual(['Checking 5 of 300 files … 5 s', 'Checking 10 of 300 files … 10 s']);
});

test('redraws one line on a terminal and clears it in the end', () => {
  const terminal = stream(true);
  const progress = startProgress(terminal, 300);
  vi.advanceTimersByTime(200);
  progress.update(64);
  progress.stop();
  const drawn = String(terminal.read());
  expect(drawn).toContain('Checking 64 of 300 files');
  expect(drawn).not.toContain('\n');
  expect(drawn.endsWith('\u001B[2K')).toBe(true);
});
