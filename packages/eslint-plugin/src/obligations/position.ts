import type { TSESTree } from '@typescript-eslint/utils';
import type { View } from '../read/sites.ts';
import type { FunctionNode } from '../read/syntax.ts';

/** Which parameter of a function an argument becomes, and what of the resource it then holds. */
export interface Position {
  readonly index: number;
  readonly views: readonly View[];
}

/**
 * The parameter of a function that holds what an argument leads to: `close(...clients)` for
 * `function close(first, ...others)`.
 *
 * `undefined` where it has none, and where what stands before may be any number of arguments.
 */
export function positionOf(fn: FunctionNode, args: readonly TSESTree.Node[], index: number, views: readonly View[]): Position | undefined {
  if (args.slice(0, index).some(({ type }) => type === 'SpreadElement')) return undefined;
  if (args[index]?.type !== 'SpreadElement') return placeAt(fn, index, views);
  const [view, other] = views;
  const [first = '', ...rest] = view?.path.split('.') ?? [];
  if (view === undefined || other !== undefined || !/^\d+$/u.test(first)) return undefined;
  return placeAt(fn, index + Number(first), [{ path: rest.join('.'), role: view.role }]);
}

function placeAt({ params }: FunctionNode, index: number, views: readonly View[]): Position | undefined {
  const last = params.length - 1;
  if (params[last]?.type !== 'RestElement' || index < last) return params[index] === undefined ? undefined : { index, views };
  const place = String(index - last);
  return { index: last, views: views.map(({ path, role }) => ({ path: path === '' ? place : `${place}.${path}`, role })) };
}
