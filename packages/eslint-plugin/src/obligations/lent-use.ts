import type { TSESTree } from '@typescript-eslint/utils';
import type { Scope } from '@typescript-eslint/utils/ts-eslint';
import { calleeName, memberName, methodOf } from '../read/member.ts';
import type { Module } from '../read/module.ts';
import { bare, isFunction } from '../read/syntax.ts';
import { isReleaser } from './mention.ts';
import { variableOf } from './variable.ts';

/** What variables that hold a connection, or an answer with its body, are called. */
const resourceName = /conn|client|redis|mongo|cache|session|chan|trx|tx|transact|runner|resource|lease|db|sql|cursor|stream|reader|lock|res$|response|reply|body/iu;

/**
 * Is what a call gives used as a lent resource may be: operated, released, returned or kept?
 *
 * It spares looking into the functions of other files; what is only read or compared is no resource.
 */
export function isUsedAsLent(call: TSESTree.CallExpression, module: Module): boolean {
  const last = call.arguments.at(-1);
  const callback = last === undefined ? undefined : bare(last);
  if (callback !== undefined && isFunction(callback)) {
    if (module.scopeManager.getDeclaredVariables(callback).some((variable) => isResource(variable, module))) return true;
  }
  return resourceName.test(calleeName(call) ?? '') || isLentValue(call, module);
}

function isLentValue(node: TSESTree.Node, module: Module): boolean {
  const { parent } = node;
  switch (parent?.type) {
    case undefined:
    case 'ExpressionStatement':
    case 'SpreadElement':
    case 'TemplateLiteral':
    case 'UnaryExpression':
    case 'BinaryExpression':
    case 'SwitchStatement':
    case 'ForOfStatement':
    case 'ForInStatement':
      return false;
    case 'IfStatement':
    case 'WhileStatement':
      return parent.test !== node;
    case 'MemberExpression':
      return parent.object === node && isLentMember(parent, module);
    case 'CallExpression':
    case 'NewExpression':
      return parent.type === 'NewExpression' || resourceName.test(calleeName(parent) ?? '') || isSettled(parent);
    case 'VariableDeclarator':
      return module.scopeManager.getDeclaredVariables(parent).some((variable) => isResource(variable, module));
    case 'AssignmentExpression': {
      const variable = parent.left.type === 'Identifier' ? variableOf(parent.left, module) : undefined;
      return variable === undefined || isResource(variable, module);
    }
    case 'AwaitExpression':
    case 'ConditionalExpression':
    case 'LogicalExpression':
    case 'ChainExpression':
    case 'SequenceExpression':
    case 'TSAsExpression':
    case 'TSNonNullExpression':
    case 'TSSatisfiesExpression':
    case 'TSTypeAssertion':
      return isLentValue(parent, module);
    default:
      return true;
  }
}

function isLentMember(member: TSESTree.MemberExpression, module: Module): boolean {
  const name = memberName(member);
  if (name === undefined) return false;
  return name === 'then' || name === 'catch' || name === 'finally' || module.facts.lentMethods.has(name) || resourceName.test(name);
}

/** `Promise.all([getClient(), getClient()])` and its kin. */
function isSettled(call: TSESTree.CallExpression | TSESTree.NewExpression): boolean {
  const method = methodOf(call);
  return method?.object.type === 'Identifier' && method.object.name === 'Promise';
}

function isResource(variable: Scope.Variable, module: Module): boolean {
  return resourceName.test(variable.name) || variable.references.some(({ identifier }) => {
    const use = identifier.parent;
    switch (use.type) {
      case 'MemberExpression':
        return use.object === identifier && isLentMember(use, module);
      case 'CallExpression':
      case 'NewExpression':
        return isReleaser(calleeName(use) ?? '') || (use.type === 'CallExpression' && use.callee === identifier && isReleaser(variable.name));
      case 'ReturnStatement':
      case 'ArrowFunctionExpression':
      case 'Property':
        return true;
      case 'AssignmentExpression':
        return use.right === identifier;
      default:
        return false;
    }
  });
}
