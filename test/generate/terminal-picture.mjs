import { createAnsiSequenceParser } from 'ansi-sequence-parser';

const fontSize = 14;
const columnWidth = 8.4;
const lineHeight = 17;
const margin = 18;

/** @type {Readonly<Record<string, string>>} */
const colours = { red: '#ff7b72', green: '#7ee787', yellow: '#e3b341', cyan: '#79c0ff' };
const paper = '#0d1117';
const ink = '#e6edf3';
const pale = '#8b949e';

/**
 * Draws what a program wrote on a terminal as an SVG.
 *
 * @param {string} output - With its ANSI sequences.
 * @param {string} title - What is seen, for those who cannot see it.
 * @returns {string}
 */
export function drawTerminal(output, title) {
  const parser = createAnsiSequenceParser();
  const lines = output.replace(/\n+$/u, '').split('\n').map((line) => parser.parse(line));
  const columns = Math.max(...lines.map((tokens) => tokens.reduce((sum, { value }) => sum + lengthOf(value), 0)));
  const width = Math.ceil(columns * columnWidth + 2 * margin);
  const height = lines.length * lineHeight + 2 * margin;
  const drawn = lines.map((tokens, index) => drawLine(tokens, margin + (index + 0.8) * lineHeight));
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" font-family="ui-monospace, SFMono-Regular, Menlo, Consolas, 'Liberation Mono', 'DejaVu Sans Mono', monospace" font-size="${fontSize}">
<title>${escaped(title)}</title>
<rect width="100%" height="100%" rx="8" fill="${paper}"/>
${drawn.filter((line) => line !== '').join('\n')}
</svg>
`;
}

/**
 * Words that stand apart or look different have a place and a width of their own, so that columns stay below each other in any font.
 *
 * @param {import('ansi-sequence-parser').ParseToken[]} tokens
 * @param {number} y
 */
function drawLine(tokens, y) {
  let column = 0;
  let spans = '';
  for (const { value, foreground, decorations } of tokens) {
    const length = lengthOf(value);
    const named = foreground?.type === 'named' ? colours[foreground.name] : undefined;
    const fill = named ?? (decorations.has('dim') ? pale : ink);
    const bold = decorations.has('bold') ? ' font-weight="bold"' : '';
    for (const { 0: text, index } of value.matchAll(/\S+(?: \S+)*/gu)) {
      const place = `x="${round(margin + (column + index) * columnWidth)}" textLength="${round(lengthOf(text) * columnWidth)}"`;
      spans += `<tspan ${place} fill="${fill}"${bold}>${escaped(text)}</tspan>`;
    }
    column += length;
  }
  return spans === '' ? '' : `<text y="${round(y)}" xml:space="preserve">${spans}</text>`;
}

/** @param {string} text */
function lengthOf(text) {
  return [...text].length;
}

/** @param {number} number */
function round(number) {
  return Math.round(number * 10) / 10;
}

/** @param {string} text */
function escaped(text) {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
