import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { absolute } from '../generate/generate.ts';
import { drawTerminal } from '../generate/terminal-picture.mjs';

it('a terminal is drawn with its colours, and with each piece in its column', () => {
  const drawn = drawTerminal('\u001b[1mLine\u001b[22m │ \u001b[36ma.ts:1\u001b[39m <b>\n\n\u001b[2mend\u001b[22m\n', 'A & B');
  expect(drawn).toContain('<title>A &amp; B</title>');
  expect(drawn.match(/<text .*<\/text>/gu)).toEqual([
    '<text y="31.6" xml:space="preserve"><tspan x="18" textLength="33.6" fill="#e6edf3" font-weight="bold">Line</tspan><tspan x="60" textLength="8.4" fill="#e6edf3">│</tspan><tspan x="76.8" textLength="50.4" fill="#79c0ff">a.ts:1</tspan><tspan x="135.6" textLength="25.2" fill="#e6edf3">&lt;b&gt;</tspan></text>',
    '<text y="65.6" xml:space="preserve"><tspan x="18" textLength="25.2" fill="#8b949e">end</tspan></text>',
  ]);
});

it('the picture of the demo shows the lines of the service as they are', () => {
  const picture = readFileSync(absolute('docs/demo.svg'), 'utf8');
  const shown = [...picture.matchAll(/>(?<file>\w+\.ts):(?<line>\d+)</gu)].map(({ groups }) => ({ file: groups?.['file'] ?? '', line: Number(groups?.['line']) }));
  const lines = shown.map(({ file, line }) => readFileSync(absolute(`packages/cli/demo/orders/${file}`), 'utf8').split('\n')[line - 1]?.trim());
  // The table first; then the mended lines, and those of the copy, which the mending has moved.
  expect(lines.slice(0, 7)).toEqual([
    'const client = await pool.connect();',
    'const client = await pool.connect();',
    'const client = await pool.connect();',
    'const client = await pool.connect();',
    'client.release();',
    'const runner = dataSource.createQueryRunner();',
    'done();',
  ]);
  expect(picture).toContain('What the linter said');
  expect(picture).toContain('Nothing leaked');
});
