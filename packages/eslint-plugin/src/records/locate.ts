import type { ReportSite } from '@lifeguard/catalogue';
import type { TSESTree } from '@typescript-eslint/utils';
import { createHash } from 'node:crypto';
import { bare, isClass, isFunction, keyName, type FunctionNode } from '../read/syntax.ts';
import { childrenOf } from '../read/walk.ts';

/** A call, as a stack would show it. */
export type Call = TSESTree.CallExpression | TSESTree.NewExpression | TSESTree.TaggedTemplateExpression;

/** A file of which the calls are known. */
export interface Source {
  /** Its lines, whatever ends them. */
  readonly lines: readonly string[];
  readonly calls: readonly PlacedCall[];
}

interface PlacedCall {
  readonly call: Call;
  /** Where a stack says that it stands: at the name of what is called. */
  readonly at: TSESTree.Position;
  /** The name of the function around it, as a stack would have it. */
  readonly inside: string | undefined;
}

/** Reads the calls of a file, whatever parser it is from; parents need not be set. */
export function sourceOf(ast: TSESTree.Program, lines: readonly string[]): Source {
  const calls: PlacedCall[] = [];
  const visit = (node: TSESTree.Node, inside: string | undefined, given: string | undefined): void => {
    if (isCall(node)) calls.push({ call: node, at: standsAt(node), inside });
    const here = isFunction(node) ? nameOf(node, given) : inside;
    for (const child of childrenOf(node)) visit(child, here, nameGiven(node, child) ?? (isWrapper(node) ? given : undefined));
  };
  visit(ast, undefined, undefined);
  return { lines, calls };
}

function isCall(node: TSESTree.Node): node is Call {
  return node.type === 'CallExpression' || node.type === 'NewExpression' || node.type === 'TaggedTemplateExpression';
}

function standsAt(call: Call): TSESTree.Position {
  if (call.type === 'NewExpression') return call.loc.start;
  const called = bare(call.type === 'CallExpression' ? call.callee : call.tag);
  return called.type === 'MemberExpression' ? called.property.loc.start : called.loc.start;
}

function nameOf(fn: FunctionNode, given: string | undefined): string | undefined {
  return fn.type === 'ArrowFunctionExpression' ? given : (fn.id?.name ?? given);
}

/** What a function has its name from where it has none of its own. */
function nameGiven(parent: TSESTree.Node, child: TSESTree.Node): string | undefined {
  switch (parent.type) {
    case 'VariableDeclarator':
      return parent.init === child && parent.id.type === 'Identifier' ? parent.id.name : undefined;
    case 'AssignmentExpression':
    case 'AssignmentPattern':
      return parent.right === child ? nameAssigned(parent.left) : undefined;
    case 'MethodDefinition':
      return parent.value !== child ? undefined : parent.kind === 'constructor' ? 'constructor' : keyName(parent);
    case 'Property':
    case 'PropertyDefinition':
    case 'AccessorProperty':
      return parent.value === child ? keyName(parent) : undefined;
    case 'ExportDefaultDeclaration':
      return 'default';
    default:
      return undefined;
  }
}

function nameAssigned(left: TSESTree.Node): string | undefined {
  const target = bare(left);
  if (target.type === 'Identifier') return target.name;
  if (target.type !== 'MemberExpression') return undefined;
  return target.property.type === 'Identifier' && !target.computed ? target.property.name : undefined;
}

function isWrapper(node: TSESTree.Node): boolean {
  return !isFunction(node) && !isClass(node) && bare(node) !== node;
}

/**
 * Finds the acquire that a report speaks of: where the line is as it was, the call at its column; else
 * the nearest line of the same text in a function of the same name; else the line that stayed while its
 * function got another name. `undefined` where none is there.
 *
 * A report without a hash of the line is believed only where a call stands exactly there, in a function
 * of that name.
 */
export function locate(site: ReportSite, source: Source): Call | undefined {
  const { lines, calls } = source;
  const { line, column, lineHash } = site;
  const inside = plainName(site.function);
  if (lineHash === undefined) {
    return calls.find((one) => one.at.line === line && one.at.column === column - 1 && plainName(one.inside) === inside)?.call;
  }
  const isSame = hashOf(lines[line - 1]) === lineHash;
  const moved = calls.filter((one) => plainName(one.inside) === inside && hashOf(lines[one.at.line - 1]) === lineHash);
  if (isSame && (moved.length === 0 || moved.some(({ at }) => at.line === line))) return callAt(line, column, calls);
  const nearest = moved.toSorted((one, other) => Math.abs(one.at.line - line) - Math.abs(other.at.line - line))[0]?.at.line;
  return nearest === undefined ? undefined : callAt(nearest, column, moved);
}

/** The call that stands exactly there; else the innermost that reaches over the place; else the nearest of the line. */
function callAt(line: number, column: number, calls: readonly PlacedCall[]): Call | undefined {
  const onLine = calls.filter(({ at }) => at.line === line);
  const exact = onLine.find(({ at }) => at.column === column - 1);
  if (exact !== undefined) return exact.call;
  const within = onLine.filter(({ call, at }) => call.loc.start.line === line && call.loc.start.column <= column - 1 && column - 1 < at.column);
  const innermost = within.toSorted((one, other) => other.call.range[0] - one.call.range[0])[0];
  if (innermost !== undefined) return innermost.call;
  return onLine.toSorted((one, other) => Math.abs(one.at.column + 1 - column) - Math.abs(other.at.column + 1 - column))[0]?.call;
}

/** A name without what V8 puts around it: `get size`, `Orders.load`, `<anonymous>`. */
function plainName(name: string | undefined): string | undefined {
  const last = name?.split(/[.\s]/u).at(-1);
  return last === undefined || last === '' || last.startsWith('<') ? undefined : last;
}

const hashes = new Map<string, string>();
const mostHashes = 10_000;

/** What a report knows a line by. */
function hashOf(line: string | undefined): string | undefined {
  if (line === undefined) return undefined;
  const text = line.trim();
  const known = hashes.get(text);
  if (known !== undefined) return known;
  if (hashes.size >= mostHashes) hashes.clear();
  const hash = createHash('sha256').update(text).digest('hex').slice(0, 16);
  hashes.set(text, hash);
  return hash;
}
