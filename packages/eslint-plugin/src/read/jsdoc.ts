import type { TSESTree } from '@typescript-eslint/utils';
import type { Module } from './module.ts';
import { parentOf, type FunctionNode } from './syntax.ts';

/** The type in `@type {…}` before a declaration. */
export function docType(node: TSESTree.Node, module: Module): string | undefined {
  return braced(docBefore(node, module), '@type');
}

/** The type in `@param {…} name` before a function. */
export function docParameter(
  fn: FunctionNode,
  name: string | undefined,
  module: Module,
): string | undefined {
  if (name === undefined) return undefined;
  const doc = docBefore(fn, module);
  if (doc === undefined) return undefined;
  for (const [, after = ''] of doc.matchAll(/@param\s([^@]*)/gu)) {
    const type = bracesAtStart(after);
    const named = type === undefined ? undefined : /^[\s[]*([\w$]+)/u.exec(after.slice(after.indexOf(type) + type.length + 1));
    if (named?.[1] === name) return type;
  }
  return undefined;
}

/** The type in `@returns {…}` before a function. */
export function docReturn(fn: FunctionNode, module: Module): string | undefined {
  const doc = docBefore(fn, module);
  return braced(doc, '@returns') ?? braced(doc, '@return');
}

/** The type that `@typedef {…} Name` gives to a name anywhere in the file. */
export function docTypedef(name: string, module: Module): string | undefined {
  if (!module.text.includes('@typedef')) return undefined;
  for (const { value } of module.ast.comments ?? []) {
    for (const [, after = ''] of value.matchAll(/@typedef\s([^@]*)/gu)) {
      const type = bracesAtStart(after);
      if (type === undefined) continue;
      const named = /^\s*([\w$]+)/u.exec(after.slice(after.indexOf(type) + type.length + 1));
      if (named?.[1] === name) return type;
    }
  }
  return undefined;
}

/** What a function's comment says of ownership. */
export interface OwnershipDoc {
  /** `@acquires {pg.PoolClient}`: what it returns is its caller's to release. */
  readonly acquires: { readonly type: string | undefined } | undefined;
  /** Parameters it takes over (`@owns`, `@releases`) or only uses (`@borrows`). */
  readonly parameters: ReadonlyMap<string, 'owns' | 'releases' | 'borrows'>;
}

const tags = /@(acquires|owns|releases|borrows)\b[ \t]*(?:\{([^}]*)\})?[ \t]*([\w$]*)/gu;

/** The tags about ownership before a function; `undefined` where there are none. */
export function ownershipDoc(fn: FunctionNode, module: Module): OwnershipDoc | undefined {
  const doc = docBefore(fn, module);
  if (doc === undefined) return undefined;
  let acquires: OwnershipDoc['acquires'];
  const parameters = new Map<string, 'owns' | 'releases' | 'borrows'>();
  for (const [, tag, type, name = ''] of doc.matchAll(tags)) {
    if (tag === 'acquires') acquires = { type };
    else if (tag === 'owns' || tag === 'releases' || tag === 'borrows') parameters.set(name, tag);
  }
  return acquires === undefined && parameters.size === 0 ? undefined : { acquires, parameters };
}

function braced(doc: string | undefined, tag: string): string | undefined {
  const at = doc?.indexOf(tag) ?? -1;
  const after = doc?.slice(at + tag.length) ?? '';
  return at < 0 || /^\w/u.test(after) ? undefined : bracesAtStart(after);
}

function bracesAtStart(text: string): string | undefined {
  const start = text.search(/\S/u);
  if (text[start] !== '{') return undefined;
  let depth = 0;
  for (let at = start; at < text.length; at += 1) {
    if (text[at] === '{') depth += 1;
    else if (text[at] === '}') depth -= 1;
    if (depth === 0) return text.slice(start + 1, at).trim();
  }
  return undefined;
}

const documented = new WeakMap<Module, boolean>();

/** Is there a JSDoc comment anywhere? */
function hasDocs(module: Module): boolean {
  let known = documented.get(module);
  if (known === undefined) documented.set(module, (known = module.text.includes('/**')));
  return known;
}

/** The JSDoc comment that ends right before a node or the statement that it opens. */
function docBefore(node: TSESTree.Node, module: Module): string | undefined {
  if (!hasDocs(module)) return undefined;
  let at: TSESTree.Node = node;
  for (;;) {
    const doc = docAt(at, module);
    if (doc !== undefined) return doc;
    const up = parentOf(at);
    if (up === undefined || !opens.has(up.type)) return undefined;
    at = up;
  }
}

const opens: ReadonlySet<string> = new Set([
  'AssignmentExpression', 'ExportDefaultDeclaration', 'ExportNamedDeclaration', 'ExpressionStatement',
  'MethodDefinition', 'Property', 'PropertyDefinition', 'VariableDeclaration', 'VariableDeclarator',
]);

function docAt(node: TSESTree.Node, module: Module): string | undefined {
  const before = module.text.slice(Math.max(0, node.range[0] - 4000), node.range[0]).trimEnd();
  if (!before.endsWith('*/')) return undefined;
  const start = before.lastIndexOf('/*');
  return start >= 0 && before.startsWith('/**', start) ? before.slice(start + 3, -2) : undefined;
}
