import type { TSESTree } from '@typescript-eslint/utils';
import { ownerOfThis } from '../read/class-field.ts';
import { memberName, methodOf } from '../read/member.ts';
import type { View } from '../read/sites.ts';
import { bare, isClass, isFunction, memberKey } from '../read/syntax.ts';
import { isVariable, releasesWithin } from './mention.ts';
import type { Run } from './run.ts';
import type { State, Token } from './state.ts';
import { variableOf } from './variable.ts';

/** The path of a resource inside an object of a class: out of reach, but it goes where that goes. */
export const wrapped = '%';

const nothing: readonly Token[] = [];

/** What a variable or value leads to; asked of every expression a path goes by, most of which lead to nothing. */
function tokensOf({ tokens }: State, base: Token['base']): readonly Token[] {
  let found: Token[] | undefined;
  for (const token of tokens) if (token.base === base) (found ??= []).push(token);
  return found ?? nothing;
}

const handle: readonly View[] = [{ path: '', role: 'handle' }];

/**
 * What of the resource an expression's value holds: the resource itself, the function that
 * releases it, or an object with either inside.
 *
 * A promise of a value counts as the value: `await` changes nothing here.
 */
export function viewsOf(run: Run, state: State, node: TSESTree.Node | null): readonly View[] {
  if (node === null || state.tokens.length === 0) return [];
  const expression = bare(node);
  const own = tokensOf(state, expression);
  if (own.length > 0) return own;
  switch (expression.type) {
    case 'Identifier': {
      const variable = variableOf(expression, run.module);
      if (variable === undefined) return [];
      const tokens = tokensOf(state, variable);
      if (tokens.length > 0) return tokens;
      const definition = variable.defs[0];
      const local =
        definition?.type === 'FunctionName' &&
        isFunction(definition.node) &&
        releasesWithin(run, state, definition.node);
      return local ? handle : [];
    }
    case 'ThisExpression': {
      const held = state.tokens.filter(({ base }) => !isVariable(base) && isClass(base));
      return held.length === 0 ? held : held.filter(({ base }) => base === ownerOfThis(expression)?.owner);
    }
    case 'AwaitExpression':
      return viewsOf(run, state, expression.argument);
    case 'MemberExpression': {
      const views = viewsOf(run, state, expression.object);
      return views.length === 0 ? views : narrow(run, views, memberName(expression));
    }
    case 'AssignmentExpression':
      return viewsOf(run, state, expression.right);
    case 'ConditionalExpression':
      return [
        ...viewsOf(run, state, expression.consequent),
        ...viewsOf(run, state, expression.alternate),
      ];
    case 'LogicalExpression':
      return [...viewsOf(run, state, expression.left), ...viewsOf(run, state, expression.right)];
    case 'ObjectExpression':
      return expression.properties.flatMap((property) => {
        if (property.type === 'SpreadElement') return viewsOf(run, state, property.argument);
        return nest(viewsOf(run, state, property.value), memberKey(property)?.replaceAll('.', '*') ?? '*');
      });
    case 'ArrayExpression':
      return expression.elements.flatMap((element, index) =>
        element?.type === 'SpreadElement'
          ? nest(viewsOf(run, state, element.argument), '*')
          : nest(viewsOf(run, state, element), String(index)),
      );
    case 'CallExpression':
      return callValue(run, state, expression);
    case 'FunctionExpression':
    case 'ArrowFunctionExpression':
      return releasesWithin(run, state, expression) ? handle : [];
    default:
      return [];
  }
}

/** The value of a call that passes its argument on: `Promise.all([…])`, `release.bind(client)`. */
function callValue(run: Run, state: State, call: TSESTree.CallExpression): readonly View[] {
  const method = methodOf(call);
  const [first = null] = call.arguments;
  if (method === undefined) return [];
  if (method.object.type === 'Identifier') {
    const { name } = method.object;
    const passes =
      (name === 'Promise' && ['all', 'resolve'].includes(method.name)) ||
      (name === 'Object' && ['assign', 'freeze', 'create'].includes(method.name));
    if (passes) return viewsOf(run, state, first);
  }
  if (run.protocol.faces.has(method.name)) {
    return viewsOf(run, state, method.object).filter((view) => view.path === '' && view.role === 'resource');
  }
  if (method.name === 'bind') {
    return viewsOf(run, state, method.object).filter((view) => view.role === 'handle');
  }
  return [];
}

/** The views of a member of a value. */
export function narrow(
  run: Run,
  views: readonly View[],
  name: string | undefined,
): readonly View[] {
  return views.flatMap((view): readonly View[] => {
    if (view.path === wrapped) return [view];
    if (view.path === '') {
      const isPart = [...run.protocol.onResource.keys()].some((way) => way.startsWith(`${name}.`));
      if (isPart && name !== undefined) return [{ path: wrapped, role: 'resource' }];
      const releases = view.role === 'resource' && name !== undefined && run.protocol.onResource.has(name);
      return releases ? handle : [];
    }
    const [first = '', ...rest] = view.path.split('.');
    if (name !== undefined && first !== '*' && first !== name) return [];
    return [{ path: rest.join('.'), role: view.role }];
  });
}

function nest(views: readonly View[], key: string): readonly View[] {
  return views
    .map((view) => ({ path: view.path === '' ? key : `${key}.${view.path}`, role: view.role }))
    .filter((view) => view.path.split('.').length <= 3);
}

/** The views of an element of a list that holds the resource at a known place. */
export function elementViews(run: Run, state: State, list: TSESTree.Node): readonly View[] {
  return viewsOf(run, state, list).flatMap((view) => {
    const [first = '', ...rest] = view.path.split('.');
    return /^\d+$/u.test(first) ? [{ path: rest.join('.'), role: view.role }] : [];
  });
}

/** Is the value the resource itself? */
export function isResource(run: Run, state: State, node: TSESTree.Node | null): boolean {
  return viewsOf(run, state, node).some((view) => view.path === '' && view.role === 'resource');
}

/** Does the value hold the resource or its release in any way, a new object around it included? */
export function carries(run: Run, state: State, node: TSESTree.Node | null): boolean {
  if (node === null) return false;
  if (viewsOf(run, state, node).length > 0) return true;
  const expression = bare(node);
  switch (expression.type) {
    case 'NewExpression':
      return expression.arguments.some((argument) => carriesAlong(run, state, argument));
    case 'AwaitExpression':
      return carries(run, state, expression.argument);
    case 'CallExpression': {
      const callee = bare(expression.callee);
      const name = callee.type === 'Identifier' ? callee.name : methodOf(expression)?.name;
      const wraps = name !== undefined && /^(wrap|create|make|build|new|as|to|from|with)([A-Z_]|$)/.test(name);
      return wraps && expression.arguments.some((argument) => carriesAlong(run, state, argument));
    }
    case 'ConditionalExpression':
      return carries(run, state, expression.consequent) || carries(run, state, expression.alternate);
    case 'LogicalExpression':
      return carries(run, state, expression.left) || carries(run, state, expression.right);
    case 'ObjectExpression':
      return expression.properties.some((property) =>
        carries(run, state, property.type === 'Property' ? property.value : property.argument),
      );
    case 'ArrayExpression':
      return expression.elements.some((element) => carries(run, state, element));
    default:
      return false;
  }
}

/** A function given to a call is run or kept by it: what it does is walked at its own node. */
function carriesAlong(run: Run, state: State, argument: TSESTree.Node): boolean {
  return !isFunction(bare(argument)) && carries(run, state, argument);
}
