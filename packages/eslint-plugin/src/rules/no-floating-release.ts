import type { TSESTree } from '@typescript-eslint/utils';
import type { Result } from '../obligations/analysis.ts';
import { methodOf } from '../read/member.ts';
import { isCallback } from '../read/forms.ts';
import { bare } from '../read/syntax.ts';
import { calleeText, resourceName } from '../report/describe.ts';
import { mendAwait } from '../report/mend/await.ts';
import { createFlowRule } from './create-rule.ts';

/** Reports an asynchronous release that nobody waits for. */
export const noFloatingRelease = createFlowRule({
  name: 'no-floating-release',
  description: 'Require that an asynchronous release is awaited or handled',
  docs: { recommended: true, strict: true },
  hasSuggestions: true,
  messages: {
    floatingRelease: 'Nobody waits for `{{use}}` on line {{line}}, which returns a promise.',
    addAwait: 'Wait for `{{use}}` with `await`.',
  },
  *problems({ results }) {
    for (const result of results) {
      const floating = [...result.run.found.releases].filter((one) => isPromised(result, one) && floats(one));
      const [release] = floating;
      if (release === undefined) continue;
      const use = calleeText(release);
      yield {
        node: result.site.call,
        messageId: 'floatingRelease',
        data: { name: resourceName(result), use, line: String(release.loc.start.line) },
        suggest: () => {
          const edits = mendAwait(floating);
          return edits.length === 0 ? [] : [{ messageId: 'addAwait', data: { use }, edits }];
        },
      };
    }
  },
});

/** Does the release return a promise, whatever driver it may be? */
function isPromised({ site }: Result, call: TSESTree.Node): boolean {
  const method = methodOf(call);
  if (method === undefined || call.type !== 'CallExpression') return false;
  const givesCallback = call.arguments.some((argument) => isCallback(argument));
  return !givesCallback && site.protocol.promised.has(method.name);
}

/** Is the promise neither awaited, returned, chained nor stored? */
function floats(call: TSESTree.Node): boolean {
  let holder: TSESTree.Node = call;
  while (holder.parent != null && isPassedOn(holder, holder.parent)) holder = holder.parent;
  return holder.parent?.type === 'ExpressionStatement';
}

/** Is a value the value of the expression around it too: a cast, `condition && value`? */
function isPassedOn(node: TSESTree.Node, parent: TSESTree.Node): boolean {
  if (bare(parent) === bare(node)) return true;
  if (parent.type === 'LogicalExpression') return parent.right === node;
  return parent.type === 'ConditionalExpression' && parent.test !== node;
}
