import { expect, test } from 'vitest';
import { frame } from '../../packages/cli/src/format/frame.ts';
import { plain } from '../../packages/cli/src/format/paint.ts';

const lines = Array.from({ length: 12 }, (_, index) => `line${index + 1}();`);

function step(line: number, column: number, endColumn: number, says: string) {
  return { line, column, endLine: line, endColumn, says };
}

test('marks both places and leaves out what is between them', () => {
  const drawn = frame([step(2, 1, 6, 'acquired here'), step(10, 1, 9, 'lost here')], lines, plain);
  expect(drawn.split('\n')).toEqual([
    '   1 │ line1();',
    '›  2 │ line2();',
    '     │ ^^^^^ acquired here',
    '   3 │ line3();',
    '  ·· │',
    '   9 │ line9();',
    '› 10 │ line10();',
    '     │ ^^^^^^^^ lost here',
    '  11 │ line11();',
  ]);
});

test('marks two places on one line', () => {
  const drawn = frame([step(1, 1, 4, 'one'), step(1, 5, 8, 'two')], ['abc def'], plain);
  expect(drawn.split('\n')).toEqual(['› 1 │ abc def', '    │ ^^^ one', '    │     ^^^ two']);
});

test('cuts a long line around the mark', () => {
  const long = `${'x'.repeat(5000)}leak()${'y'.repeat(5000)}`;
  const drawn = frame([step(1, 5001, 5007, 'here')], [long], plain);
  const [code, marks] = drawn.split('\n');
  expect(code?.length).toBeLessThan(160);
  const start = marks?.indexOf('^') ?? 0;
  expect(code?.slice(start, start + 6)).toBe('leak()');
});

test('lets no control character of the code reach the terminal', () => {
  expect(frame([step(1, 1, 2, 'here')], ['\u001B[2Jx'], plain)).not.toContain('\u001B');
});
