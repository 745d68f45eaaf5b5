import type { TSESTree } from '@typescript-eslint/utils';
import type { Edge, FlowNode } from '../graph/graph.ts';
import { linkOf } from '../graph/promise-link.ts';
import { namesError } from '../read/forms.ts';
import { memberName, methodOf } from '../read/member.ts';
import { bare, isFunction, parentOf } from '../read/syntax.ts';
import { assume, assumeCase } from './conditions.ts';
import type { Run } from './run.ts';
import { owes, withFact, type State } from './state.ts';
import { leaveBy } from './throwing.ts';
import { elementViews, isResource, viewsOf } from './values.ts';
import { variableOf } from './variable.ts';

/** Which ways lead on from a condition or the head of a loop. */
export function testStep(run: Run, state: State, node: FlowNode): readonly (readonly [Edge, State])[] {
  const { ast } = node;
  const list = listOf(ast);
  if (list !== undefined && elementViews(run, state, list).length > 0) return turn(state, node);
  if (ast.type === 'ForOfStatement' || ast.type === 'ForInStatement') {
    const reads = run.protocol.consumedByIteration || run.protocol.role === 'body';
    const consumed = owes(state) && reads && viewsOf(run, state, ast.right).length > 0;
    if (consumed) run.found.releases.add(ast);
    const reached: State = consumed ? { ...state, status: 'uncertain', releasedBy: undefined } : state;
    return leaveBy(run, node, reached, reached);
  }
  if (ast.type === 'SwitchCase') {
    return node.edges.flatMap((edge) => {
      const reached = assumeCase(run, state, ast, edge.kind === 'true');
      return reached === undefined ? [] : [[edge, reached] as const];
    });
  }
  const isError = owes(state) && isErrorOfCallback(run, state, ast);
  return node.edges.flatMap((edge): readonly (readonly [Edge, State])[] => {
    if (edge.kind === 'throw') return [];
    const way = edge.kind === 'true';
    const reached = assume(run, state, ast, way);
    if (reached === undefined) return [];
    if (way && isFailedConnect(run, state, ast)) return [[edge, { ...reached, status: 'uncertain' }]];
    return [[edge, way && isError ? { ...reached, exceptional: true } : reached]];
  });
}

/** What a loop goes through: `for (const client of clients)`, `i < clients.length`. */
function listOf(test: TSESTree.Node): TSESTree.Node | undefined {
  if (test.type === 'ForOfStatement') return test.right;
  if (test.type !== 'BinaryExpression' || test.parent.type !== 'ForStatement') return undefined;
  const { right } = test;
  return right.type === 'MemberExpression' && memberName(right) === 'length' ? right.object : undefined;
}

/** Of the turns over a list that holds the resource, exactly one is for it. */
function turn(state: State, node: FlowNode): readonly (readonly [Edge, State])[] {
  const key = `turn${node.ast.range[0]}`;
  const wanted = state.facts.has(key) ? 'false' : 'true';
  const reached = withFact(state, key, wanted === 'true' ? true : undefined);
  return node.edges.filter((edge) => edge.kind === wanted).map((edge) => [edge, reached] as const);
}

/** `client.connect((error) => { if (error) … })`: what never got connected has nothing to end. */
function isFailedConnect(run: Run, state: State, node: TSESTree.Node): boolean {
  const expression = bare(node);
  if (expression.type !== 'Identifier' || !owes(state)) return false;
  const definition = variableOf(expression, run.module)?.defs[0];
  if (definition?.type !== 'Parameter' || !isFunction(definition.node) || definition.node.params[0] !== definition.name) return false;
  const caller = parentOf(definition.node);
  const method = caller === undefined ? undefined : methodOf(caller);
  return method?.name === 'connect' && isResource(run, state, method.object);
}

/** The error parameter of a callback that is part of the walk. */
function isErrorOfCallback(run: Run, state: State, node: TSESTree.Node): boolean {
  const expression = bare(node);
  if (expression.type !== 'Identifier') return false;
  const definition = variableOf(expression, run.module)?.defs[0];
  if (definition?.type !== 'Parameter' || definition.node === run.graph.root) return false;
  const fn = definition.node;
  const caller = fn.parent.type === 'CallExpression' ? fn.parent : undefined;
  if (caller !== undefined && linkOf(caller) !== undefined) return false;
  if (namesError(expression.name)) return true;
  const method = caller === undefined ? undefined : methodOf(caller);
  const isFirst = 'params' in fn && fn.params[0] === definition.name;
  return isFirst && method !== undefined && isResource(run, state, method.object);
}
