import type { Scope } from '@typescript-eslint/utils/ts-eslint';
import { fateOf, idleMethods } from '../read/local-value.ts';
import { madeAt } from '../read/made.ts';
import { emitterMethods } from '../read/protocol.ts';
import { memberName, methodOf } from '../read/member.ts';
import type { Module } from '../read/module.ts';
import { callsWithin } from '../read/nodes.ts';
import type { Site } from '../read/sites.ts';
import { functionAround, isFunction, stringOf, type FunctionNode } from '../read/syntax.ts';
import type { Result } from './analysis.ts';
import { within, type Run } from './run.ts';
import { isRunByModule } from './script.ts';

/**
 * Is it a client that a function made, connected and only operated, so that nobody has it afterwards?
 *
 * A client nobody ends is mostly meant to live as long as the process. Not one that is reachable
 * from a single call of a function.
 */
export function isForgottenClient({ site, run }: Result, module: Module): boolean {
  const { root } = run.graph;
  if (site.proof !== 'proof' || site.protocol.role !== 'client' || site.shape.kind === 'callback' || !isFunction(root)) return false;
  if (run.found.unknownUses.size > 0 || run.found.fields.size > 0 || isRunByModule(root, module)) return false;
  const variables = [...run.tokens.keys()].flatMap((base) => ('references' in base ? [base] : []));
  return variables.length > 0 && (variables.every((variable) => isOnlyOperated(variable, run)) || (isOnlyUsed(site, module) && !listensIn(root, module)));
}

/** Does a function listen to something other than failures, or tell a server to notify it? Then it means to keep its clients. */
function listensIn(root: FunctionNode, module: Module): boolean {
  return callsWithin(root, module).some((call) => {
    const method = methodOf(call);
    const event = stringOf(call.arguments[0]);
    if (method === undefined) return false;
    return ['on', 'once', 'addListener'].includes(method.name) ? event !== 'error' : event !== undefined && /^\s*listen\b/iu.test(event);
  });
}

/** What a function of the program made and this one only works with; what is made here, another rule speaks of. */
function isOnlyUsed({ call }: Site, module: Module): boolean {
  if (madeAt(call, module) !== undefined) return false;
  const { escapes, methods } = fateOf(call, module, new Set(['connect']));
  return !escapes && [...methods].some((name) => name !== 'connect' && !idleMethods.has(name)) && ![...methods].some((name) => module.facts.lastingNames.has(name));
}

function isOnlyOperated(variable: Scope.Variable, run: Run): boolean {
  const [declared] = variable.identifiers;
  if (declared === undefined || !within(declared, run.graph.root)) return false;
  return variable.references.every(({ identifier, init }) => {
    if (init === true) return true;
    const member = identifier.parent;
    // Every function that is given it is known: to an unknown one it would have been handed over.
    if (member.type === 'CallExpression' && member.callee !== identifier) return functionAround(identifier) === run.graph.root;
    if (member.type !== 'MemberExpression' || member.object !== identifier) return false;
    const call = member.parent;
    if (call.type !== 'CallExpression' || call.callee !== member) return false;
    const name = memberName(member) ?? '';
    if (emitterMethods.has(name)) return call.arguments[0]?.type === 'Literal' && call.arguments[0].value === 'error';
    return name === 'connect' || run.protocol.operations.has(name);
  });
}
