import { isOwed } from '../obligations/leaks.ts';
import type { TSESTree } from '@typescript-eslint/utils';
import { bare, keyName, stringOf } from '../read/syntax.ts';
import type { Leak } from '../obligations/solve.ts';
import { calleeText, causeOf } from '../report/describe.ts';
import { mendBody } from '../report/mend/body.ts';
import { createFlowRule, type Suggestion } from './create-rule.ts';

/** Reports a response whose body some path neither reads nor cancels. */
export const requireBodyConsumed = createFlowRule({
  name: 'require-body-consumed',
  description: 'Require that every path reads or cancels the body of a response',
  docs: { recommended: true, strict: true },
  worthwhile: (text, options) => options.checkFetch === true && /\bfetch\s*\(/u.test(text),
  properties: {
    checkFetch: { description: 'Look at the global `fetch` too.', type: 'boolean' },
  },
  hasSuggestions: true,
  messages: {
    bodyNotConsumed: 'The body of `{{name}}` is neither read nor cancelled {{cause}}.',
    bodyIgnored: 'The body of `{{name}}` is never read or cancelled.',
    dropBody: 'Drop the body with `{{call}}`.',
  },
  *problems({ results, module }, context) {
    const checksFetch = context.options[0]?.checkFetch === true;
    for (const result of results) {
      if (result.site.protocol.role !== 'body') continue;
      if (!checksFetch && result.site.global === 'fetch') continue;
      if (isHead(result.site.call)) continue;
      if (result.site.proof !== 'proof' || !isOwed(result, module)) continue;
      const { normal, thrown } = result.solution;
      const leak = normal ?? (thrown !== undefined && endsByThrow(thrown) ? thrown : undefined);
      if (leak === undefined) continue;
      const node = result.site.call;
      const name = calleeText(node);
      const suggest = (): readonly Suggestion<'dropBody'>[] => {
        const mend = mendBody(result, module);
        return mend === undefined ? [] : [{ messageId: 'dropBody', data: { call: mend.call }, edits: mend.edits }];
      };
      yield result.run.found.releases.size === 0 && normal !== undefined
        ? { node, messageId: 'bodyIgnored', data: { name }, suggest }
        : { node, messageId: 'bodyNotConsumed', data: { name, cause: causeOf(result, leak) }, suggest };
    }
  },
});

/** A `throw` of the program's own, such as `if (!response.ok) throw …`. */
function endsByThrow(leak: Leak): boolean {
  return leak.path.some(({ node, left }) => left === 'throw' && node.kind === 'throw');
}

/** The answer to a HEAD request has no body. */
function isHead(call: TSESTree.CallExpression | TSESTree.NewExpression): boolean {
  return call.arguments.some((argument) => {
    const options = bare(argument);
    return (
      options.type === 'ObjectExpression' &&
      options.properties.some(
        (property) =>
          property.type === 'Property' &&
          keyName(property) === 'method' &&
          /^head$/iu.test(stringOf(property.value) ?? ''),
      )
    );
  });
}
