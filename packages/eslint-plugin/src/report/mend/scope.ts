import type { TSESTree } from '@typescript-eslint/utils';
import { methodOf } from '../../read/member.ts';
import { originOf } from '../../read/origin.ts';
import { bare, stringOf } from '../../read/syntax.ts';
import { merged, type Edit } from './edit.ts';
import type { Held } from './held.ts';
import { isBlank, lineEnd, lineStart, nextLine, shifted } from './line.ts';
import type { Mentions } from './mentions.ts';
import { strike } from './strike.ts';

/** A single query on the pool itself, and what it is called. */
export interface ScopeMend {
  readonly edit: Edit;
  readonly call: string;
}

/** Statements that need the same connection afterwards, or leave something on it. */
const sticky =
  /(?:^|;)\s*(?:\(\s*)?(?:set|reset|listen|unlisten|begin|start|commit|end|rollback|savepoint|release|declare|fetch|move|close|copy|lock|prepare|execute|deallocate|discard|use|create\s+(?:local\s+|global\s+)?temp|abort)\b|advisory|get_lock|set_config|last_insert_id|found_rows|currval|lastval|@/iu;

/** Asks the pool, which acquires and releases by itself, where the resource serves one query. */
export function mendScope(held: Held, mentions: Mentions): ScopeMend | undefined {
  const { module, statement, result, block } = held;
  const { text } = module;
  const [use, ...others] = mentions.uses;
  if (statement.type !== 'VariableDeclaration' || result.site.proof !== 'proof') return undefined;
  if (use === undefined || others.length > 0 || mentions.isShared || mentions.isGuarded) return undefined;
  const owner = methodOf(result.site.call)?.object;
  const method = methodOf(use);
  if (owner === undefined || method === undefined || !/^[\w$.#]+$/u.test(text.slice(...owner.range))) return undefined;
  const origin = originOf(owner, module);
  if (origin?.kind !== 'instance') return undefined;
  const { driver, type } = origin;
  const isScope = driver.scopes.some((one) => one.of === type && one.method === method.name && one.callback === undefined);
  if (!isScope || !isSingleShot(use, held)) return undefined;
  const gone = strike(held, mentions.releases, { takesComments: false });
  if (gone === undefined) return undefined;
  const receiver = method.object;
  const name = text.slice(...owner.range);
  const edits = [...gone.edits, { range: lineOf(held), text: '' }, { range: receiver.range, text: name }];
  if (gone.shifts.length > 0) edits.push(...shifted(block, text, gone.shifts, edits));
  const edit = merged(text, edits);
  return edit === undefined ? undefined : { edit, call: `${name}.${method.name}()` };
}

/** One query, waited for or returned, not in a loop, that leaves nothing behind. */
function isSingleShot(use: TSESTree.CallExpression, { block, module }: Held): boolean {
  const [query] = use.arguments;
  if (query === undefined || use.arguments.some((one) => /Function|^New|^Spread/u.test(bare(one).type))) return false;
  const texts = textsOf(bare(query), module.text);
  if (texts.some((text) => sticky.test(withoutComments(text)))) return false;
  for (let at: TSESTree.Node | undefined = use.parent; at !== undefined && at !== block; at = at.parent) {
    if (/^(?:For|While|DoWhile)|Function|^Class/u.test(at.type)) return false;
  }
  return true;
}

/** What can be read of the statement; a template up to its first hole says how it begins. */
function textsOf(query: TSESTree.Node, source: string): readonly string[] {
  const text = stringOf(query);
  if (text !== undefined) return [text];
  switch (query.type) {
    case 'TemplateLiteral':
      return [query.quasis.map(({ value }) => value.raw).join('?')];
    case 'TaggedTemplateExpression':
      return textsOf(query.quasi, source);
    case 'BinaryExpression':
      return [...textsOf(bare(query.left), source), ...textsOf(bare(query.right), source).map((part) => `?${part}`)];
    case 'ObjectExpression':
      return query.properties.flatMap((one) => (one.type === 'Property' ? textsOf(bare(one.value), source) : []));
    case 'Identifier':
      return [...source.matchAll(new RegExp(`\\b${query.name.replaceAll('$', '\\$')}\\s*=\\s*["'\`]([^"'\`]*)`, 'gu'))].map(
        ([, value = '']) => value,
      );
    default:
      return [];
  }
}

function withoutComments(sql: string): string {
  return sql.replaceAll(/\/\*[^]*?\*\/|--[^\n]*/gu, ' ');
}

/** The statement with its line, and the blank lines after it; a comment on the line stays. */
function lineOf({ module, statement }: Held): readonly [number, number] {
  const { text } = module;
  const [start, end] = statement.range;
  const from = lineStart(text, start);
  if (!isBlank(text, from, start) || !isBlank(text, end, lineEnd(text, end))) {
    return [start, end + (/^[ \t]*/u.exec(text.slice(end))?.[0].length ?? 0)];
  }
  let to = nextLine(text, end);
  while (to < text.length && isBlank(text, to, nextLine(text, to))) to = nextLine(text, to);
  return [from, to];
}
