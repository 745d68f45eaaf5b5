import type { TSESTree } from '@typescript-eslint/utils';
import { isClass, isFunction } from '../../read/syntax.ts';
import { visitAll } from '../../read/walk.ts';
import type { Edit } from './edit.ts';
import type { Held } from './held.ts';
import { isBlank, lineEnd, lineStart, nextLine, type Shift } from './line.ts';

/** A block that lost its purpose, and how it goes. */
interface Emptied {
  readonly edits: readonly Edit[];
  readonly shifts: readonly Shift[];
  readonly comments: readonly string[];
}

/** The blocks of the rest that only gave the resource back: `finally`, `catch` and `else`. */
export function emptied(held: Held, struck: ReadonlySet<TSESTree.Node>): readonly Emptied[] {
  const found: Emptied[] = [];
  const isGone = (statement: TSESTree.Statement): boolean => struck.has(statement);
  const holdsStruck = ({ range: [start, end] }: TSESTree.Node): boolean => {
    for (const { range } of struck) if (start <= range[0] && range[1] <= end) return true;
    return false;
  };
  for (const statement of held.rest) {
    if (!holdsStruck(statement)) continue;
    visitAll(
      statement,
      (node) => {
        if (node.type === 'IfStatement') {
          const { consequent, alternate } = node;
          const losesElse = alternate?.type === 'BlockStatement' && alternate.body.length > 0 && alternate.body.every(isGone);
          if (losesElse) found.push(without(held, alternate, consequent.range[1], alternate.range[1]));
        }
        if (node.type !== 'TryStatement') return;
        const { finalizer, handler } = node;
        const losesFinally = finalizer !== null && finalizer.body.length > 0 && finalizer.body.every(isGone);
        const losesCatch = handler !== null && losesPurpose(handler, isGone);
        const keepsCatch = handler !== null && !losesCatch;
        const keepsFinally = finalizer !== null && !losesFinally;
        if (!losesFinally && !losesCatch) return;
        if (keepsCatch) found.push(without(held, finalizer, handler.range[1], node.range[1]));
        else if (keepsFinally) found.push(without(held, handler, node.block.range[1], handler?.range[1] ?? 0));
        else found.push(unwrapped(held, node));
      },
      (node) => !isFunction(node) && !isClass(node) && holdsStruck(node),
    );
  }
  return found;
}

/** Does a `catch` only throw again, without the release in it? */
export function losesPurpose(
  handler: TSESTree.CatchClause,
  isGone: (one: TSESTree.Statement) => boolean,
): boolean {
  if (!handler.body.body.some(isGone)) return false;
  const kept = handler.body.body.filter((one) => !isGone(one));
  const [only] = kept;
  return (
    kept.length === 1 &&
    only?.type === 'ThrowStatement' &&
    only.argument.type === 'Identifier' &&
    handler.param?.type === 'Identifier' &&
    only.argument.name === handler.param.name
  );
}

function without(held: Held, clause: TSESTree.Node | null, from: number, to: number): Emptied {
  return { edits: [{ range: [from, to], text: '' }], shifts: [], comments: clause === null ? [] : commentsIn(held, clause) };
}

/** Takes the statements out of the `try`, or leaves a block where their names would clash. */
function unwrapped(held: Held, node: TSESTree.TryStatement): Emptied {
  const { text } = held.module;
  const { block } = node;
  const comments = [node.handler, node.finalizer].flatMap((one) => (one === null ? [] : commentsIn(held, one)));
  const open = lineEnd(text, block.range[0]);
  const from = lineStart(text, node.range[0]);
  const close = lineStart(text, block.range[1] - 1);
  const end = lineEnd(text, node.range[1]);
  const isSpread =
    isBlank(text, from, node.range[0]) &&
    isBlank(text, block.range[0] + 1, open) &&
    isBlank(text, close, block.range[1] - 1) &&
    isBlank(text, node.range[1], end) &&
    close > open;
  if (!isSpread || clashes(held, block)) {
    return {
      edits: [
        { range: [node.range[0], block.range[0]], text: '' },
        { range: [block.range[1], node.range[1]], text: '' },
      ],
      shifts: [],
      comments,
    };
  }
  const first = nextLine(text, open);
  return {
    edits: [
      { range: [from, first], text: '' },
      { range: [close, nextLine(text, end)], text: '' },
    ],
    shifts: [{ range: [first, close], levels: -1 }],
    comments,
  };
}

function clashes({ module, block: home }: Held, block: TSESTree.BlockStatement): boolean {
  const around = home.parent ?? home;
  const outside =
    module.text.slice(around.range[0], block.range[0]) + ' ' + module.text.slice(block.range[1], around.range[1]);
  const names = module.scopeManager.acquire(block)?.variables.map(({ name }) => name) ?? [];
  return names.some((name) => outside.split(/[^\w$]+/u).includes(name));
}

function commentsIn({ module }: Held, node: TSESTree.Node): readonly string[] {
  return (module.ast.comments ?? [])
    .filter(({ range }) => range[0] >= node.range[0] && range[1] <= node.range[1])
    .map(({ range }) => module.text.slice(...range));
}
