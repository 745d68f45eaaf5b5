import type { TSESTree } from '@typescript-eslint/utils';
import { methodOf } from '../read/member.ts';
import { bare, keyName } from '../read/syntax.ts';
import { conditionKey } from './conditions.ts';
import { compareFixed, fixedValueAt, truthOfFixed, type FixedValue } from './fixed-value.ts';
import type { Run } from './run.ts';
import type { State } from './state.ts';

/** Is a condition, by its key, about what goes by a name? */
function speaksOf(key: string, name: string): boolean {
  if (!key.startsWith('t')) return false;
  for (let at = key.indexOf(name, 1); at > 0; at = key.indexOf(name, at + 1)) {
    const isWhole = (at === 1 || !/[\w$.]/u.test(key[at - 1] ?? '')) && !/[\w$]/u.test(key[at + name.length] ?? '');
    if (isWhole) return true;
  }
  return false;
}

/** Is a condition about a variable or property? */
export function isTouched(run: Run, key: string, target: TSESTree.Node): boolean {
  return conditionKey(run, target) === key || (isNamed(target) && speaksOf(key, textOf(run, target)));
}

/** What a condition comes to once a variable or property has been given a value: `state === 'held'` behind `state = 'held'`. */
export function truthGiven(run: Run, key: string, leaf: TSESTree.Node, target: TSESTree.Node, value: FixedValue | undefined): boolean | 'untouched' | undefined {
  if (!isTouched(run, key, target)) return 'untouched';
  if (conditionKey(run, target) === key) return value === undefined ? undefined : truthOfFixed(value);
  if (value === undefined) return undefined;
  const name = textOf(run, target);
  const compared = comparedIn(leaf);
  if (compared === undefined) return isAmong(run, leaf, name, value);
  if (textOf(run, compared.left) === name) return compareWith(run, value, compared.operator, compared.right);
  return textOf(run, compared.right) === name ? compareWith(run, value, mirrored.get(compared.operator) ?? compared.operator, compared.left) : undefined;
}

/** `state = { held: true }`: what `state.held` comes to once an object is assigned to `state`. */
export function truthOfProperty(run: Run, key: string, target: TSESTree.Node, value: TSESTree.Node): boolean | undefined {
  const made = bare(value);
  if (made.type !== 'ObjectExpression' || !isNamed(target)) return undefined;
  const property = made.properties.find((one) => one.type === 'Property' && key === `t${textOf(run, target)}.${keyName(one) ?? ''}`);
  const inner = property?.type === 'Property' ? bare(property.value) : undefined;
  return inner?.type === 'Literal' ? Boolean(inner.value) : undefined;
}

/** Is a comparison known from another: what is `'held'` is not `'idle'`? */
export function comparedElsewhere(run: Run, state: State, left: TSESTree.Node, right: TSESTree.Node): boolean | undefined {
  const other = state.facts.size === 0 ? undefined : fixedValueAt(right, run.module);
  if (other === undefined) return undefined;
  const name = textOf(run, bare(left));
  for (const [key, value] of state.facts) {
    const leaf = run.keys.get(key);
    const known = leaf === undefined ? undefined : comparedIn(leaf);
    if (known === undefined || !/^[!=]==?$/u.test(known.operator) || textOf(run, known.left) !== name) continue;
    const isIt = compareWith(run, other, '===', known.right);
    const equals = value === known.operator.startsWith('=');
    if (isIt === true) return equals;
    if (equals && isIt === false) return false;
  }
  return undefined;
}

interface Comparison {
  readonly left: TSESTree.Node;
  readonly operator: string;
  readonly right: TSESTree.Node;
}

/** What a condition compares with what. */
function comparedIn(leaf: TSESTree.Node): Comparison | undefined {
  if (leaf.type === 'SwitchCase' && leaf.test !== null) return { left: bare(leaf.parent.discriminant), operator: '===', right: bare(leaf.test) };
  if (leaf.type !== 'BinaryExpression' || leaf.left.type === 'PrivateIdentifier') return undefined;
  const left = bare(leaf.left);
  // `--open === 0`
  return { left: left.type === 'UpdateExpression' && left.prefix ? bare(left.argument) : left, operator: leaf.operator, right: bare(leaf.right) };
}

/** `['open', 'busy'].includes(state)` */
function isAmong(run: Run, leaf: TSESTree.Node, name: string, value: FixedValue): boolean | undefined {
  const method = methodOf(leaf);
  const [asked] = leaf.type === 'CallExpression' ? leaf.arguments : [];
  if (method?.name !== 'includes' || method.object.type !== 'ArrayExpression' || asked === undefined || textOf(run, bare(asked)) !== name) return undefined;
  const equal = method.object.elements.map((element) => (element === null ? undefined : compareWith(run, value, '===', element)));
  if (equal.includes(true)) return true;
  return equal.includes(undefined) ? undefined : false;
}

function compareWith({ module }: Run, value: FixedValue, operator: string, other: TSESTree.Node): boolean | undefined {
  const fixed = fixedValueAt(other, module);
  return fixed === undefined ? undefined : compareFixed(value, operator, fixed);
}

const mirrored: ReadonlyMap<string, string> = new Map([['<', '>'], ['<=', '>='], ['>', '<'], ['>=', '<=']]);

function isNamed({ type }: TSESTree.Node): boolean {
  return type === 'Identifier' || type === 'MemberExpression';
}

function textOf({ module }: Run, node: TSESTree.Node): string {
  return module.text.slice(...node.range);
}
