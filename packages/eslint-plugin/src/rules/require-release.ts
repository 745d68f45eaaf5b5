import { lossWithoutException } from '../obligations/leaks.ts';
import { calleeText, causeOf, resourceName, waysText } from '../report/describe.ts';
import { mendMessages, mendsOf } from '../report/mend/suggest.ts';
import { createFlowRule } from './create-rule.ts';

/** Reports a resource that a path without any exception does not give back. */
export const requireRelease = createFlowRule({
  name: 'require-release',
  description: 'Require that every path gives an acquired connection back',
  docs: { recommended: true, strict: true },
  hasSuggestions: true,
  messages: {
    ...mendMessages,
    neverReleased: '`{{name}}` is never released{{by}}.',
    discardedAcquire: 'The result of `{{name}}` is lost, so nothing can release it.',
    notReleasedOnPath: '`{{name}}` is not released{{by}} {{cause}}.',
    overwrittenWhileHeld: '`{{name}}` is not released{{by}} {{cause}}.',
    fieldNeverReleased: '`{{name}}` is stored in `{{field}}`, which this class never releases.',
  },
  *problems({ results, module }, context) {
    for (const result of results) {
      if (result.site.protocol.role === 'body') continue;
      const loss = lossWithoutException(result, module);
      const node = result.site.call;
      if (loss === undefined) continue;
      const name = resourceName(result);
      const by = waysText(result);
      switch (loss.kind) {
        case 'never':
          yield loss.discarded
            ? { node, messageId: 'discardedAcquire', data: { name: calleeText(node) } }
            : { node, messageId: 'neverReleased', data: { name, by }, suggest: () => mendsOf(result, module, context.languageOptions) };
          break;
        case 'field':
          yield { node, messageId: 'fieldNeverReleased', data: { name: calleeText(node), field: loss.field } };
          break;
        case 'path':
          yield {
            node,
            messageId: loss.overwritten ? 'overwrittenWhileHeld' : 'notReleasedOnPath',
            data: { name, by, cause: causeOf(result, loss.leak) },
            suggest: () => mendsOf(result, module, context.languageOptions),
          };
          break;
        default:
      }
    }
  },
});
