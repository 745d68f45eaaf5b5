import type { TSESTree } from '@typescript-eslint/utils';
import { call } from './call.ts';
import { branch, shortCircuit } from './condition.ts';
import type { Flow } from './flow.ts';
import { link } from './link.ts';
import { bare } from '../read/syntax.ts';
import { linkOf } from './promise-link.ts';

/** Appends the evaluation of an expression, in the order of the language. */
export function evaluate(flow: Flow, node: TSESTree.Node | null | undefined): void {
  if (node === null || node === undefined) return;
  switch (node.type) {
    case 'TSAsExpression':
    case 'TSNonNullExpression':
    case 'TSSatisfiesExpression':
    case 'TSTypeAssertion':
    case 'TSInstantiationExpression':
      evaluate(flow, node.expression);
      return;
    case 'ChainExpression': {
      const outer = flow.chainEnd;
      const end = flow.node('join', node);
      flow.chainEnd = end;
      evaluate(flow, node.expression);
      flow.goTo(end);
      flow.current = end;
      flow.chainEnd = outer;
      return;
    }
    case 'CallExpression':
      if (linkOf(node) !== undefined) link(flow, node);
      else call(flow, node);
      return;
    case 'NewExpression':
      call(flow, node);
      return;
    case 'MemberExpression':
      memberParts(flow, node);
      // Reading a member does nothing but throw.
      if (flow.highestTier === 3) flow.emit('eval', node, 3);
      return;
    case 'AwaitExpression':
      evaluate(flow, node.argument);
      if (linkOf(node.argument) === undefined) flow.emit('eval', node, 1);
      else flow.emit('eval', node);
      return;
    case 'YieldExpression':
      evaluate(flow, node.argument);
      flow.emit('eval', node, 1);
      return;
    case 'AssignmentExpression':
      assignment(flow, node);
      return;
    case 'LogicalExpression':
      shortCircuit(flow, node.operator, node.left, () => {
        evaluate(flow, node.right);
      });
      return;
    case 'ConditionalExpression': {
      const yes = flow.node('join', node.consequent);
      const no = flow.node('join', node.alternate);
      const done = flow.node('join', node);
      branch(flow, node.test, yes, no);
      for (const [start, arm] of [[yes, node.consequent], [no, node.alternate]] as const) {
        flow.current = start;
        evaluate(flow, arm);
        flow.goTo(done);
      }
      flow.current = done;
      return;
    }
    case 'FunctionExpression':
    case 'ArrowFunctionExpression':
      flow.emit('eval', node);
      return;
    case 'TaggedTemplateExpression':
      evaluate(flow, node.tag);
      for (const part of node.quasi.expressions) evaluate(flow, part);
      flow.emit('eval', node, 2);
      return;
    case 'ImportExpression':
      evaluate(flow, node.source);
      flow.emit('eval', node, 2);
      return;
    case 'UpdateExpression':
      evaluate(flow, node.argument);
      flow.emit('eval', node);
      return;
    case 'SpreadElement':
      evaluate(flow, node.argument);
      flow.emit('eval', node, 2);
      return;
    case 'ClassExpression':
    case 'ClassDeclaration':
      evaluate(flow, node.superClass);
      flow.emit('eval', node);
      return;
    default:
      for (const part of parts(node)) evaluate(flow, part);
  }
}

/** The object of a member, with its optional jump, and a computed key. */
export function memberParts(flow: Flow, node: TSESTree.MemberExpression): void {
  evaluate(flow, node.object);
  if (node.optional) optional(flow, node.object);
  if (node.computed) evaluate(flow, node.property);
}

/** `x?.`: goes on only where `x` is there. */
export function optional(flow: Flow, object: TSESTree.Node): void {
  if (flow.chainEnd === undefined) return;
  const test = flow.emit('test', bare(object));
  const there = flow.node('join', object);
  flow.edge(test, there, 'true');
  flow.edge(test, flow.chainEnd, 'false');
  flow.current = there;
}

function assignment(flow: Flow, node: TSESTree.AssignmentExpression): void {
  const { left, right, operator } = node;
  const target = bare(left);
  if (target.type === 'MemberExpression') memberParts(flow, target);
  const assign = (): void => {
    evaluate(flow, right);
    const pattern = target.type === 'ObjectPattern' || target.type === 'ArrayPattern';
    flow.emit('eval', node, pattern ? 3 : undefined);
  };
  if (operator === '&&=' || operator === '||=' || operator === '??=') {
    const rest = flow.node('join', right);
    const done = flow.node('join', node);
    const test = flow.emit('test', target);
    flow.edge(test, operator === '&&=' ? rest : done, 'true');
    flow.edge(test, operator === '&&=' ? done : rest, 'false');
    flow.current = rest;
    assign();
    flow.goTo(done);
    flow.current = done;
    return;
  }
  assign();
}

/** The operands of an expression that has no evaluation of its own worth a node. */
function parts(node: TSESTree.Node): readonly (TSESTree.Node | null | undefined)[] {
  switch (node.type) {
    case 'ArrayExpression':
      return node.elements;
    case 'ObjectExpression':
      return node.properties.flatMap((property): (TSESTree.Node | null)[] =>
        property.type === 'Property'
          ? [property.computed ? property.key : null, property.value]
          : [property],
      );
    case 'SequenceExpression':
    case 'TemplateLiteral':
      return node.expressions;
    case 'BinaryExpression':
      return node.left.type === 'PrivateIdentifier' ? [node.right] : [node.left, node.right];
    case 'UnaryExpression':
      return [node.argument];
    case 'AssignmentPattern':
      return [node.right];
    case 'JSXElement':
    case 'JSXFragment':
      return [
        ...(node.type === 'JSXElement'
          ? node.openingElement.attributes.map((attribute) =>
              attribute.type === 'JSXAttribute' ? attribute.value : attribute.argument,
            )
          : []),
        ...node.children,
      ];
    case 'JSXExpressionContainer':
    case 'JSXSpreadChild':
      return node.expression.type === 'JSXEmptyExpression' ? [] : [node.expression];
    default:
      return [];
  }
}
