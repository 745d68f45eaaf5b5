import { calleeText, resourceName } from '../report/describe.ts';
import { mendPending } from '../report/mend/pending.ts';
import { createFlowRule } from './create-rule.ts';

/** Reports a release while an operation on the resource may still run. */
export const noReleaseBeforeSettled = createFlowRule({
  name: 'no-release-before-settled',
  description: 'Disallow releasing a connection while an operation on it is pending',
  docs: { recommended: true, strict: true },
  hasSuggestions: true,
  messages: {
    releasedWhilePending: '`{{name}}` is released on line {{line}} while `{{use}}` on line {{useLine}} still runs.',
    addAwait: 'Wait for `{{use}}` with `await`.',
  },
  *problems({ results }) {
    for (const result of results) {
      const [first] = result.run.found.earlyReleases;
      if (first === undefined) continue;
      const [use, release] = first;
      yield {
        node: result.site.call,
        messageId: 'releasedWhilePending',
        data: {
          name: resourceName(result),
          line: String(release.loc.start.line),
          use: calleeText(use),
          useLine: String(use.loc.start.line),
        },
        suggest: () => {
          const edits = mendPending(result);
          return edits.length === 0 ? [] : [{ messageId: 'addAwait', data: { use: calleeText(use) }, edits }];
        },
      };
    }
  },
});
