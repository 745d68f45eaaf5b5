import type { TSESTree } from '@typescript-eslint/utils';
import { merged, type Edit } from './edit.ts';
import { giveBack } from './give-back.ts';
import type { Held } from './held.ts';
import { indentAt, indentUnit, isBlank, lineBreak, lineEnd, lineStart, nextLine, shifted } from './line.ts';
import type { Mentions } from './mentions.ts';
import { strike } from './strike.ts';
import { losesPurpose } from './unwrap.ts';
import { waitEdits } from './wait.ts';

/** Puts what follows the acquire into a `try`, and the release into its `finally`. */
export function mendFinally(held: Held, mentions: Mentions): Edit | undefined {
  const { module, statement, rest, block } = held;
  const { text } = module;
  const release = giveBack(held, mentions);
  const gone = strike(held, mentions.releases, { takesComments: true });
  if (release === undefined || gone === undefined || isAllStruck(held, mentions)) return undefined;
  const end = text[statement.range[1] - 1] === ';' ? ';' : '';
  const edits = [...gone.edits, ...waitEdits(mentions.waits)];
  const only = onlyTry(held, mentions);
  if (only !== undefined) {
    edits.push(clause(held, only.range[1], [...gone.comments, release + end]));
    return merged(text, edits);
  }
  const lines = linesOf(held);
  if (lines === undefined) {
    const last = rest.at(-1)?.range[1] ?? statement.range[1];
    const comments = gone.comments.filter((comment) => comment.startsWith('/*')).map((comment) => `${comment} `);
    edits.push({ range: [statement.range[1], statement.range[1]], text: ' try {' });
    edits.push({ range: [last, last], text: ` } finally { ${comments.join('')}${release}${end} }` });
    return merged(text, edits);
  }
  const newline = lineBreak(text);
  const indent = indentAt(text, statement.range[0]);
  const inner = indent + indentUnit(text);
  const shifts = [...gone.shifts, { range: lines, levels: 1 as const }];
  const body = [...gone.comments, release + end].map((line) => inner + line + newline).join('');
  const isCut = lines[1] === text.length && !text.endsWith('\n');
  const close = `${indent}} finally {${newline}${body}${indent}}`;
  const afterHead = lineEnd(text, statement.range[1]);
  edits.push(...shifted(block, text, shifts, edits));
  edits.push({ range: [afterHead, lines[0]], text: `${newline}${indent}try {${newline}` });
  edits.push({ range: [lines[1], lines[1]], text: isCut ? newline + close : close + newline });
  return merged(text, edits);
}

/** A `try … catch` that is all there is: it gets the `finally` itself. */
function onlyTry({ rest }: Held, { releases }: Mentions): TSESTree.TryStatement | undefined {
  const isGone = (one: TSESTree.Statement): boolean => releases.some(({ statement }) => statement === one);
  const [only, ...others] = rest.filter((one) => !isGone(one));
  if (only?.type !== 'TryStatement' || others.length > 0 || only.finalizer !== null) return undefined;
  return only.handler !== null && losesPurpose(only.handler, isGone) ? undefined : only;
}

function clause({ module: { text }, statement }: Held, at: number, body: readonly string[]): Edit {
  const newline = lineBreak(text);
  const indent = indentAt(text, at);
  const isInline = lineStart(text, at) <= statement.range[0];
  const parts = isInline
    ? ` finally { ${body.filter((line) => !line.startsWith('//')).join(' ')} }`
    : ` finally {${newline}${body.map((line) => indent + indentUnit(text) + line + newline).join('')}${indent}}`;
  return { range: [at, at], text: parts };
}

/** The lines of the rest, where it has lines of its own. */
function linesOf({ module, statement, rest, block }: Held): readonly [number, number] | undefined {
  const { text } = module;
  const [first] = rest;
  const last = rest.at(-1);
  if (first === undefined || last === undefined) return undefined;
  const head = nextLine(text, statement.range[1]);
  if (!isBlank(text, lineStart(text, statement.range[0]), statement.range[0])) return undefined;
  if (first.range[0] < head) return undefined;
  const crosses = (at: number): boolean =>
    (module.ast.comments ?? []).some(({ range }) => range[0] < at && at < range[1]);
  let to = nextLine(text, last.range[1]);
  if (block.type === 'BlockStatement') {
    to = lineStart(text, block.range[1] - 1);
    if (to < last.range[1] || !isBlank(text, to, block.range[1] - 1)) return undefined;
  }
  while (to > last.range[1] && isBlank(text, lineStart(text, to - 1), to)) to = lineStart(text, to - 1);
  let from = head;
  while (isBlank(text, from, nextLine(text, from))) from = nextLine(text, from);
  return crosses(head) || crosses(to) ? undefined : [from, to];
}

/** Is nothing left to protect? */
function isAllStruck({ rest }: Held, { releases }: Mentions): boolean {
  return rest.every((one) => releases.some(({ statement }) => statement === one));
}
