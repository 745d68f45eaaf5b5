import type { TSESTree } from '@typescript-eslint/utils';
import { memberName, methodOf } from './member.ts';
import type { Module } from './module.ts';
import { variableNamed } from './scope.ts';
import { bare, functionAround, keyName, stringOf, type FunctionNode } from './syntax.ts';

const verbs: ReadonlySet<string> = new Set(['all', 'delete', 'get', 'head', 'options', 'patch', 'post', 'put', 'use']);
const routeExports: ReadonlySet<string> = new Set(['DELETE', 'GET', 'HEAD', 'OPTIONS', 'PATCH', 'POST', 'PUT']);
const routeFile = /(?:^|[\\/])(?:route|\+server|\+page\.server)\.[cm]?[jt]sx?$/u;
const routeDecorators: ReadonlySet<string> = new Set([
  'All', 'Delete', 'EventPattern', 'Get', 'Head', 'MessagePattern', 'Mutation', 'Options', 'Patch', 'Post', 'Put', 'Query',
]);

/** Tells whether a function runs once per request: a route, an exported handler, a controller method. */
export function isHandler(fn: FunctionNode, module: Module): boolean {
  return (
    takesRequest(fn) ||
    isRoute(fn, module) ||
    isDecoratedRoute(fn) ||
    isExportedHandler(fn, module)
  );
}

/** The innermost handler around a node. */
export function handlerAround(node: TSESTree.Node, module: Module): FunctionNode | undefined {
  for (let fn = functionAround(node); fn !== undefined; fn = functionAround(fn)) {
    if (isHandler(fn, module)) return fn;
  }
  return undefined;
}

/** `(req, res) => …`, whatever it is given to. */
function takesRequest(fn: FunctionNode): boolean {
  const [first, second] = fn.params.map((parameter) => (parameter.type === 'Identifier' ? parameter.name : ''));
  return /^_?req(?:uest)?$/u.test(first ?? '') && /^_?(?:res(?:ponse)?|reply)$/u.test(second ?? '');
}

/** `app.get('/path', fn)`, directly or by the name of the function. */
function isRoute(fn: FunctionNode, module: Module): boolean {
  if (isRouteArgument(fn)) return true;
  const name = nameOf(fn);
  if (name === undefined) return false;
  const mentions = variableNamed(name.name, name, module)?.references ?? [];
  return mentions.some(({ identifier }) => isRouteArgument(identifier));
}

function isRouteArgument(node: TSESTree.Node): boolean {
  const call = node.parent;
  if (call?.type !== 'CallExpression' || call.callee === node) return false;
  const method = methodOf(call);
  const [first] = call.arguments;
  if (method === undefined || !verbs.has(method.name) || first === undefined || first === node) return false;
  return stringOf(bare(first))?.startsWith('/') === true;
}

function isDecoratedRoute(fn: FunctionNode): boolean {
  const method = fn.parent;
  if (method.type !== 'MethodDefinition') return false;
  // Espree's members have no list of decorators.
  const decorators = 'decorators' in method ? method.decorators : [];
  return decorators.some(({ expression }) => {
    const decorator = expression.type === 'CallExpression' ? expression.callee : expression;
    return decorator.type === 'Identifier' && routeDecorators.has(decorator.name);
  });
}

/** `exports.handler = fn` of a serverless function, `export function GET()` of a route file. */
function isExportedHandler(fn: FunctionNode, module: Module): boolean {
  const name = exportedNameOf(fn);
  if (name === undefined) return false;
  return name === 'handler' || (routeExports.has(name) && routeFile.test(module.filename));
}

function exportedNameOf(fn: FunctionNode): string | undefined {
  const { parent } = fn;
  if (fn.type === 'FunctionDeclaration') {
    return parent.type === 'ExportNamedDeclaration' ? fn.id?.name : undefined;
  }
  if (parent.type === 'AssignmentExpression' && parent.right === fn && parent.left.type === 'MemberExpression') {
    const { object } = parent.left;
    const isExports =
      (object.type === 'Identifier' && object.name === 'exports') ||
      (object.type === 'MemberExpression' && memberName(object) === 'exports');
    return isExports ? memberName(parent.left) : undefined;
  }
  if (parent.type !== 'VariableDeclarator' || parent.id.type !== 'Identifier') return undefined;
  return parent.parent.parent.type === 'ExportNamedDeclaration' ? parent.id.name : undefined;
}

/** The identifier under which a function is known in its file. */
export function nameOf(fn: FunctionNode): TSESTree.Identifier | undefined {
  if (fn.type === 'FunctionDeclaration') return fn.id ?? undefined;
  const { parent } = fn;
  return parent.type === 'VariableDeclarator' && parent.init === fn && parent.id.type === 'Identifier'
    ? parent.id
    : undefined;
}

/** What a function is called, by its declaration, variable or property. */
export function calledName(fn: FunctionNode): string | undefined {
  const { parent } = fn;
  if (parent.type === 'MethodDefinition' || parent.type === 'Property' || parent.type === 'PropertyDefinition') {
    return keyName(parent);
  }
  return nameOf(fn)?.name;
}
