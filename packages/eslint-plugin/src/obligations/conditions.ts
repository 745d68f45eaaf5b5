import type { TSESTree } from '@typescript-eslint/utils';
import { methodOf, memberName } from '../read/member.ts';
import { bare } from '../read/syntax.ts';
import { comparedElsewhere } from './comparison.ts';
import { constantsFrom, isWrittenBetween, variablesIn } from './constants.ts';
import { givenTo } from './given.ts';
import type { Run } from './run.ts';
import { changedKey, owes, withFact, type State } from './state.ts';
import { viewsOf, wrapped } from './values.ts';
import { variableOf } from './variable.ts';

/**
 * What a condition is in the state: `true`, `false`, or not known.
 *
 * The resource is there while it is held, so `if (client)` has one way; what was learnt of a
 * condition that guards a release holds until the variable is assigned again.
 */
export function truthOf(run: Run, state: State, node: TSESTree.Node, depth = 0): boolean | undefined {
  const expression = bare(node);
  const name = expression.type === 'MemberExpression' ? memberName(expression) : undefined;
  if (expression.type === 'MemberExpression' && name !== undefined) {
    const flag = ended(run, state, expression.object, name);
    if (flag !== undefined) return flag;
  }
  if (state.status !== 'unopened' && viewsOf(run, state, expression).length > 0) return true;
  if (isOwner(run, state, expression)) return true;
  switch (expression.type) {
    case 'SequenceExpression':
      return truthOf(run, state, lastOf(expression), depth);
    case 'Literal':
      return Boolean(expression.value);
    case 'UnaryExpression': {
      if (expression.operator !== '!') return undefined;
      const inner = truthOf(run, state, expression.argument, depth);
      return inner === undefined ? undefined : !inner;
    }
    case 'LogicalExpression': {
      const left = truthOf(run, state, expression.left, depth);
      const right = truthOf(run, state, expression.right, depth);
      if (expression.operator === '&&') {
        if (left === false || right === false) return false;
        return left === true ? right : undefined;
      }
      if (left === true || right === true) return true;
      return left === false ? right : undefined;
    }
    case 'BinaryExpression':
      return comparison(run, state, expression, depth);
    case 'CallExpression': {
      const inner = booleanOf(expression);
      if (inner !== undefined) return truthOf(run, state, inner, depth);
      const method = methodOf(expression);
      if (method !== undefined) return ended(run, state, method.object, method.name) ?? fact(run, state, expression);
      return fact(run, state, expression);
    }
    case 'MemberExpression':
      return fact(run, state, expression);
    case 'Identifier': {
      if (expression.name === 'undefined') return false;
      const known = fact(run, state, expression);
      if (known !== undefined) return known;
      if (isCaught(run, expression)) return true;
      const meaning = meaningOf(run, expression);
      return meaning === undefined || depth > 3 ? undefined : truthOf(run, state, meaning, depth + 1);
    }
    default:
      return undefined;
  }
}

/** What lent the resource is there as long as it is held: `if (connection) await connection.close()`. */
function isOwner(run: Run, state: State, node: TSESTree.Node): boolean {
  if (run.site?.owner === undefined || !owes(state)) return false;
  // A field may have been emptied meanwhile.
  return node.type === 'Identifier' && node.name === run.site.owner;
}

/** The state on one way of a condition; `undefined` where that way cannot be taken. */
export function assume(
  run: Run,
  state: State,
  node: TSESTree.Node,
  way: boolean,
  depth = 0,
): State | undefined {
  const truth = truthOf(run, state, node);
  if (truth !== undefined && truth !== way) return undefined;
  const expression = bare(node);
  switch (expression.type) {
    case 'SequenceExpression':
      return assume(run, state, lastOf(expression), way, depth);
    case 'UnaryExpression':
      return expression.operator === '!' ? assume(run, state, expression.argument, !way, depth) : state;
    case 'LogicalExpression': {
      // Both operands are known only where the whole is true for `&&`, false for `||`.
      if ((expression.operator === '&&') !== way) return state;
      const left = assume(run, state, expression.left, way, depth);
      return left === undefined ? undefined : assume(run, left, expression.right, way, depth);
    }
    case 'CallExpression': {
      const inner = booleanOf(expression);
      if (inner !== undefined) return assume(run, state, inner, way, depth);
      break;
    }
    case 'BinaryExpression': {
      const other = nullComparison(expression);
      if (other !== undefined) {
        const equal = expression.operator.startsWith('==');
        return assume(run, state, other, equal ? !way : way, depth);
      }
      break;
    }
    case 'Identifier': {
      const meaning = meaningOf(run, expression);
      if (meaning !== undefined && depth < 3) {
        const reached = assume(run, state, meaning, way, depth + 1);
        if (reached === undefined) return undefined;
        return tellConstants(run, remember(run, reached, expression, way), expression, way);
      }
      return tellConstants(run, remember(run, state, expression, way), expression, way);
    }
    default:
  }
  return remember(run, state, expression, way);
}

/** What is learnt of a variable before it is given another value tells what constants were made of it. */
function tellConstants(run: Run, state: State, node: TSESTree.Identifier, way: boolean): State {
  const variable = run.keys.size === 0 ? undefined : variableOf(node, run.module);
  const own = conditionKey(run, node);
  if (variable === undefined || own === undefined) return state;
  let reached = state;
  for (const { name, value } of constantsFrom(variable)) {
    const key = conditionKey(run, name);
    if (key === undefined || !run.keys.has(key) || name.range[0] > node.range[0] || isWrittenBetween(variable, name, node)) continue;
    const truth = truthOf(run, withFact(reached, own, way), value);
    if (truth !== undefined) reached = learn(reached, key, truth);
  }
  return reached;
}

/** `(a, b)` is what `b` is. */
function lastOf(sequence: TSESTree.SequenceExpression): TSESTree.Node {
  return sequence.expressions.at(-1) ?? sequence;
}

/** The key of a condition that may be remembered. */
export function conditionKey(run: Run, node: TSESTree.Node): string | undefined {
  const expression = bare(node);
  if (expression.type === 'Identifier') {
    const variable = variableOf(expression, run.module);
    if (variable === undefined) return undefined;
    const declared = variable.identifiers[0];
    return `v${declared?.range[0] ?? expression.name}`;
  }
  if (expression.type === 'SwitchCase' && expression.test !== null) {
    return `t${run.module.text.slice(...bare(expression.parent.discriminant).range)} === ${run.module.text.slice(...expression.test.range)}`;
  }
  if (['MemberExpression', 'BinaryExpression', 'CallExpression'].includes(expression.type)) {
    return `t${run.module.text.slice(...expression.range)}`;
  }
  return undefined;
}

/** The conditions a test is made of. */
export function leavesOf(run: Run, node: TSESTree.Node, depth = 0): readonly TSESTree.Node[] {
  const expression = bare(node);
  switch (expression.type) {
    case 'UnaryExpression':
      return leavesOf(run, expression.argument, depth);
    case 'LogicalExpression':
      return [...leavesOf(run, expression.left, depth), ...leavesOf(run, expression.right, depth)];
    case 'CallExpression': {
      const inner = booleanOf(expression);
      return inner === undefined ? [expression] : leavesOf(run, inner, depth);
    }
    case 'BinaryExpression': {
      const other = nullComparison(expression);
      return other === undefined ? [expression] : leavesOf(run, other, depth);
    }
    case 'Identifier': {
      const meaning = meaningOf(run, expression);
      if (meaning === undefined || depth > 2) return [expression];
      return [expression, ...leavesOf(run, meaning, depth + 1)];
    }
    default:
      return [expression];
  }
}

function fact(run: Run, state: State, node: TSESTree.Node): boolean | undefined {
  if (state.facts.size === 0) return undefined;
  const key = conditionKey(run, node);
  return key === undefined ? undefined : state.facts.get(key);
}

function remember(run: Run, state: State, node: TSESTree.Node, way: boolean): State {
  if (run.keys.size === 0) return state;
  const key = conditionKey(run, node);
  return key !== undefined && run.keys.has(key) ? learn(state, key, way) : state;
}

/** The state in which a condition is known; what a closure made so may tell that others have the resource now. */
function learn(state: State, key: string, way: boolean): State {
  const changed = changedKey(key);
  const reached = withFact(withFact(state, key, way), changed, undefined);
  return owes(state) && state.facts.get(changed) === way ? { ...reached, status: 'uncertain' } : reached;
}

/** The state in which a case of a `switch` was taken or not; `undefined` where it cannot be. */
export function assumeCase(run: Run, state: State, clause: TSESTree.SwitchCase, way: boolean): State | undefined {
  const { discriminant } = clause.parent;
  const test = clause.test === null ? undefined : bare(clause.test);
  const subject = bare(discriminant);
  if (test === undefined) return state;
  if (subject.type === 'Literal' && subject.value === true) return assume(run, state, test, way);
  if (isNothing(test)) {
    const truth = truthOf(run, state, subject);
    if (truth === true) return way ? undefined : state;
    return way ? assume(run, state, subject, false) : state;
  }
  if (test.type === 'Literal' && typeof test.value === 'boolean') return assume(run, state, subject, test.value === way);
  const known = comparedElsewhere(run, state, subject, test);
  if (known !== undefined && known !== way) return undefined;
  return remember(run, state, clause, way);
}

function comparison(
  run: Run,
  state: State,
  node: TSESTree.BinaryExpression,
  depth: number,
): boolean | undefined {
  const other = nullComparison(node);
  if (other !== undefined) {
    const truth = truthOf(run, state, other, depth);
    if (truth === undefined) return fact(run, state, node);
    return node.operator.startsWith('==') ? !truth : truth;
  }
  const same = ['===', '==', '!==', '!='].includes(node.operator) && isFresh(run, state, node);
  if (same) return node.operator.startsWith('!');
  if (node.operator === 'instanceof' && viewsOf(run, state, node.left).length > 0) return undefined;
  // `typeof client.release === 'function'`
  if (node.left.type === 'UnaryExpression' && node.left.operator === 'typeof') {
    const of = bare(node.left.argument);
    if (of.type === 'MemberExpression' && viewsOf(run, state, of).some((view) => view.role === 'handle')) {
      return node.operator.startsWith('==');
    }
  }
  if (node.operator === '===' || node.operator === '==') {
    const [left, right] = [bare(node.left), bare(node.right)];
    if (right.type === 'Literal' && typeof right.value === 'boolean') {
      const truth = truthOf(run, state, left, depth);
      if (truth !== undefined) return truth === right.value;
    }
  }
  const known = fact(run, state, node);
  if (known !== undefined || !/^[!=]==?$/u.test(node.operator) || node.left.type === 'PrivateIdentifier') return known;
  const equal = comparedElsewhere(run, state, node.left, node.right);
  return equal === undefined ? undefined : equal === node.operator.startsWith('=');
}

/** `client !== this.client`: what was just acquired is none of what was there before. */
function isFresh(run: Run, state: State, node: TSESTree.BinaryExpression): boolean {
  if (state.status === 'unopened' || run.site === undefined) return false;
  const leads = (side: TSESTree.Node): boolean =>
    viewsOf(run, state, side).some((view) => view.path === '' && view.role === 'resource');
  const isPlace = (side: TSESTree.Node): boolean =>
    ['Identifier', 'MemberExpression'].includes(bare(side).type);
  if (node.left.type === 'PrivateIdentifier') return false;
  return leads(node.left) !== leads(node.right) && isPlace(node.left) && isPlace(node.right);
}

/** `x == null`, `x !== undefined`, `typeof x === 'undefined'`: what is compared with nothing. */
function nullComparison(node: TSESTree.BinaryExpression): TSESTree.Node | undefined {
  if (!['==', '===', '!=', '!=='].includes(node.operator)) return undefined;
  const left = bare(node.left);
  const right = bare(node.right);
  if (isNothing(right)) return left;
  if (isNothing(left)) return right;
  const type = left.type === 'UnaryExpression' && left.operator === 'typeof' ? left : undefined;
  if (type !== undefined && right.type === 'Literal' && right.value === 'undefined') return type.argument;
  return undefined;
}

/** `Boolean(x)`: what is turned into a boolean. */
function booleanOf(node: TSESTree.Node): TSESTree.Node | undefined {
  if (node.type !== 'CallExpression') return undefined;
  const callee = bare(node.callee);
  return callee.type === 'Identifier' && callee.name === 'Boolean' ? node.arguments[0] : undefined;
}

function isNothing(node: TSESTree.Node): boolean {
  if (node.type === 'Literal') return node.value === null && node.raw === 'null';
  return node.type === 'Identifier' && node.name === 'undefined';
}

/** What objects made around a resource call it once it has gone back. */
const endedName = /^_?(?:is|was|has)?_?(?:completed|released|ended|closed|finished|finalized|committed|destroyed|disposed)$/iu;

/** `queryRunner.isReleased`: reads true once the resource has gone back, false while it is held. */
function ended(run: Run, state: State, object: TSESTree.Node, name: string): boolean | undefined {
  const views = viewsOf(run, state, object);
  const says =
    (run.protocol.endedWhen.has(name) && views.some((view) => view.path === '')) ||
    (endedName.test(name) && views.some((view) => view.path === wrapped));
  if (!says) return undefined;
  if (state.status === 'released') return true;
  return state.status === 'uncertain' ? undefined : false;
}

/** Is it the parameter of a `catch`? Hardly anybody throws nothing; a bare `reject()` is not covered. */
function isCaught(run: Run, node: TSESTree.Identifier): boolean {
  const variable = variableOf(node, run.module);
  const definition = variable?.defs[0];
  if (variable === undefined || definition?.type !== 'CatchClause' || definition.node.param !== definition.name) return false;
  return !variable.references.some((reference) => reference.isWrite());
}

/** What a condition that is a name asks in other words, as long as those still mean the same. */
function meaningOf(run: Run, node: TSESTree.Identifier): TSESTree.Node | undefined {
  const made = constantOf(run, node);
  if (made === undefined) return givenTo(run, node);
  const isChanged = variablesIn(run, made).some((variable) => isWrittenBetween(variable, made, node));
  return isChanged ? undefined : made;
}

/** What a constant was made from, if a condition can be read through it. */
function constantOf(run: Run, node: TSESTree.Identifier): TSESTree.Node | undefined {
  const variable = variableOf(node, run.module);
  const definition = variable?.defs[0];
  if (variable === undefined || definition?.type !== 'Variable') return undefined;
  const writes = variable.references.filter((reference) => reference.isWrite());
  const { init, id } = definition.node;
  if (writes.length !== 1 || init === null || id.type !== 'Identifier') return undefined;
  const value = bare(init);
  const readable = ['UnaryExpression', 'LogicalExpression', 'BinaryExpression', 'Literal', 'Identifier'];
  if (!readable.includes(value.type) && booleanOf(value) === undefined) return undefined;
  // `const client = given ?? (await pool.connect())` is a value, not a condition.
  return value.type === 'LogicalExpression' && value.operator === '??' ? undefined : value;
}
