import { lossOnException } from '../obligations/leaks.ts';
import { causeOf, resourceName, waysText } from '../report/describe.ts';
import { mendMessages, mendsOf } from '../report/mend/suggest.ts';
import { createFlowRule } from './create-rule.ts';

/** Reports a resource that is given back unless something throws. */
export const requireReleaseOnThrow = createFlowRule({
  name: 'require-release-on-throw',
  description: 'Require that a connection is given back when something throws',
  docs: { recommended: true, strict: true },
  hasSuggestions: true,
  messages: {
    ...mendMessages,
    notReleasedOnThrow: '`{{name}}` is not released{{by}} {{cause}}.',
    releasedOnEndOnly: '`{{name}}` is released on `end` alone (line {{line}}), not when it fails.',
  },
  *problems({ results, module }, context) {
    for (const result of results) {
      if (result.site.protocol.role === 'body') continue;
      const loss = lossOnException(result, module);
      const node = result.site.call;
      const name = resourceName(result);
      if (loss?.kind === 'path') {
        yield {
          node,
          messageId: 'notReleasedOnThrow',
          data: { name, by: waysText(result), cause: causeOf(result, loss.leak) },
          suggest: () => mendsOf(result, module, context.languageOptions),
        };
      } else if (loss?.kind === 'end-only') {
        yield { node, messageId: 'releasedOnEndOnly', data: { name, line: String(loss.line) } };
      }
    }
  },
});
