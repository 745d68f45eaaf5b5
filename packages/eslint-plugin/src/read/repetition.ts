import type { TSESTree } from '@typescript-eslint/utils';
import { calledName, isHandler, nameOf } from './handler.ts';
import { memberName } from './member.ts';
import type { Module } from './module.ts';
import { variableNamed } from './scope.ts';
import { bare, functionAround, isFunction, parentOf, type FunctionNode } from './syntax.ts';
import { returnedBy, visitAll } from './walk.ts';

/** What makes the code at a place run more than once. */
export type Repetition = 'handler' | 'component' | 'loop' | 'function';

/** Functions whose names promise that they keep what they make, or run once. */
const runsOnce = /^(?:_*(?:main|run|start|init\w*|boot\w*|setup\w*|seed\w*|migrat\w*|script|cli|up|down|reset\w*|clear\w*|drop\w*|populate\w*|import\w*|demo\w*|example\w*|sample\w*|test\w*|check\w*|verify\w*|debug\w*|bench\w*|once|memo\w*|cache\w*|lazy|singleton|useMemo|useRef|useState|useEffect|useCallback|before\w*|after\w*|describe|it|connect\w*|open\w*|load\w*|configure\w*|launch\w*|install\w*|sync\w*|globalSetup|globalTeardown|register|instrument\w*|server|app|serve|listen|bin|execute|job|task|worker))$/iu;
const scriptFile = /[\\/](?:scripts?|seed(?:er)?s?|migrations?|tools?|bin|cli|demos?|samples?)[\\/]|(?:^|[\\/])(?:seed|migrate|setup|demo|test|script|cli|check|debug|reset|init)[\w.-]*\.[cm]?[jt]sx?$/iu;

/** Decides why the code at a node runs again and again; `undefined` where it need not. */
export function repetitionAround(node: TSESTree.Node, module: Module): Repetition | undefined {
  const fn = functionAround(node);
  if (isGuarded(node, fn) || isKept(node, fn, module)) return undefined;
  for (let at = fn; at !== undefined; at = functionAround(at)) {
    if (isMemoised(at)) return undefined;
    if (isHandler(at, module)) return 'handler';
  }
  if (isInLoop(node, fn)) return 'loop';
  if (fn === undefined) return undefined;
  if (isComponent(fn)) return 'component';
  return isCalledAgain(fn, module) ? 'function' : undefined;
}

function isInLoop(node: TSESTree.Node, fn: FunctionNode | undefined): boolean {
  for (let inner = node, up = parentOf(node); up !== undefined && up !== fn; inner = up, up = parentOf(up)) {
    switch (up.type) {
      case 'ForStatement':
      case 'ForInStatement':
      case 'ForOfStatement':
        if (up.body === inner) return !leavesLoop(up.body);
        break;
      case 'WhileStatement':
      case 'DoWhileStatement':
        // Waiting for a server to come up takes one attempt after the other.
        return false;
      default:
    }
  }
  return false;
}

/** A loop that is left as soon as it succeeded makes no more than it must. */
function leavesLoop(body: TSESTree.Statement): boolean {
  let leaves = false;
  visitAll(
    body,
    (node) => {
      if (node.type === 'BreakStatement' || node.type === 'ReturnStatement') leaves = true;
    },
    (node) => !isFunction(node),
  );
  return leaves;
}

/** `if (!pool) …`: made when it is not there yet. */
function isGuarded(node: TSESTree.Node, fn: FunctionNode | undefined): boolean {
  for (let up = parentOf(node); up !== undefined && up !== fn; up = parentOf(up)) {
    if (up.type === 'IfStatement' || up.type === 'LogicalExpression' || up.type === 'ConditionalExpression') return true;
    if (up.type === 'AssignmentExpression' && up.operator !== '=') return true;
  }
  return false;
}

/** `if (pool) return pool;` before it: made when it is not there yet. */
function isKept(node: TSESTree.Node, fn: FunctionNode | undefined, module: Module): boolean {
  for (let inner = node, up = parentOf(node); up !== undefined && inner !== fn; inner = up, up = parentOf(up)) {
    if (up.type !== 'BlockStatement') continue;
    const before = up.body.filter((statement) => statement.range[1] <= inner.range[0]);
    if (before.some((statement) => returnsWhatItTests(statement, module))) return true;
  }
  return false;
}

function returnsWhatItTests(statement: TSESTree.Statement, module: Module): boolean {
  if (statement.type !== 'IfStatement') return false;
  const { consequent } = statement;
  const last = consequent.type === 'BlockStatement' ? consequent.body.at(-1) : consequent;
  if (last?.type !== 'ReturnStatement' || last.argument === null) return false;
  const value = bare(last.argument.type === 'AwaitExpression' ? last.argument.argument : last.argument);
  if (value.type !== 'Identifier' && value.type !== 'MemberExpression') return false;
  return module.text.slice(...statement.test.range).includes(module.text.slice(...value.range));
}

/** A function handed to something that calls it once. */
function isMemoised(fn: FunctionNode): boolean {
  const call = fn.parent;
  if (call.type !== 'CallExpression' || call.callee === fn) return false;
  const { callee } = call;
  const name = callee.type === 'Identifier' ? callee.name : callee.type === 'MemberExpression' ? memberName(callee) : undefined;
  return name !== undefined && (runsOnce.test(name) || /cache|memo|singleton|once|lazy/iu.test(name));
}

function isComponent(fn: FunctionNode): boolean {
  const name = nameOf(fn)?.name;
  if (name === undefined || !/^[A-Z]/u.test(name)) return false;
  let renders = false;
  visitAll(
    fn.body,
    (node) => {
      if (node.type === 'JSXElement' || node.type === 'JSXFragment') renders = true;
    },
    (node) => !isFunction(node),
  );
  return renders;
}

/** A named function that the file does not only call once, at its start. */
function isCalledAgain(fn: FunctionNode, module: Module): boolean {
  if (scriptFile.test(module.filename)) return false;
  const name = calledName(fn);
  if (name === undefined || runsOnce.test(name)) return false;
  if (/process\.exit\b/u.test(module.text.slice(...fn.range))) return false;
  if (fn.parent.type === 'MethodDefinition') return fn.parent.kind === 'method' && !/^(?:on[A-Z]|connect|open)/u.test(name);
  // Who asks for nothing and gets nothing back is called to set something up.
  if (!returnedBy(fn).some((value) => value !== null)) return false;
  const binding = nameOf(fn);
  const references = binding === undefined ? [] : (variableNamed(binding.name, binding, module)?.references ?? []);
  const calls = references.filter(({ identifier }) => identifier.parent.type === 'CallExpression' && identifier.parent.callee === identifier);
  // Called where the file begins: a script, whatever it is called.
  return !calls.some(({ identifier }) => functionAround(identifier) === undefined);
}
