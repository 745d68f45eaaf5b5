import type { TSESTree } from '@typescript-eslint/utils';
import { bare, keyName } from '../read/syntax.ts';
import type { Run } from './run.ts';
import type { State } from './state.ts';

/** Is a condition, by its key, about what goes by a name? */
export function speaksOf(key: string, name: string): boolean {
  if (!key.startsWith('t')) return false;
  for (let at = key.indexOf(name, 1); at > 0; at = key.indexOf(name, at + 1)) {
    const isWhole = (at === 1 || !/[\w$.]/u.test(key[at - 1] ?? '')) && !/[\w$]/u.test(key[at + name.length] ?? '');
    if (isWhole) return true;
  }
  return false;
}

/** What `state === 'held'` comes to once a literal is assigned to `state`, and `state.held` once an object is. */
export function compared(key: string, name: string, value: TSESTree.Node): boolean | undefined {
  const made = bare(value);
  if (made.type === 'ObjectExpression') {
    const property = made.properties.find((one) => one.type === 'Property' && key === `t${name}.${keyName(one) ?? ''}`);
    const inner = property?.type === 'Property' ? bare(property.value) : undefined;
    return inner?.type === 'Literal' ? Boolean(inner.value) : undefined;
  }
  const { left, operator, right } = /^t(?<left>.+?) ?(?<operator>[!=]==?) ?(?<right>.+)$/u.exec(key)?.groups ?? {};
  const given = bare(value);
  if (left !== name || operator === undefined || right === undefined || given.type !== 'Literal' || !isLiteral(right)) return undefined;
  return (plain(right) === plain(given.raw)) === operator.startsWith('=');
}

/** Is a comparison known from another: what is `'held'` is not `'idle'`? */
export function comparedElsewhere(run: Run, state: State, left: TSESTree.Node, right: TSESTree.Node): boolean | undefined {
  const other = bare(right);
  if (state.facts.size === 0 || other.type !== 'Literal') return undefined;
  const start = `t${run.module.text.slice(...bare(left).range)} === `;
  for (const [key, value] of state.facts) {
    if (!key.startsWith(start)) continue;
    const text = key.slice(start.length);
    if (!isLiteral(text)) continue;
    if (plain(text) === plain(other.raw)) return value;
    if (value) return false;
  }
  return undefined;
}

function isLiteral(text: string): boolean {
  return /^(?:'[^']*'|"[^"]*"|-?\d[\d.]*|true|false|null)$/u.test(text);
}

function plain(raw: string): string {
  return /^['"]/u.test(raw) ? `'${raw.slice(1, -1)}'` : raw;
}
