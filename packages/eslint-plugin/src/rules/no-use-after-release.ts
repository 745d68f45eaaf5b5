import { calleeText, resourceName } from '../report/describe.ts';
import { createFlowRule } from './create-rule.ts';

/** Reports a call on a resource that went back before. */
export const noUseAfterRelease = createFlowRule({
  name: 'no-use-after-release',
  description: 'Disallow using a connection after it was released',
  docs: { recommended: true, strict: true },
  messages: {
    usedAfterRelease: '`{{name}}` is released on line {{line}}, but `{{use}}` on line {{useLine}} uses it.',
  },
  *problems({ results }) {
    for (const result of results) {
      const [first] = result.run.found.lateUses;
      if (first === undefined) continue;
      const [use, release] = first;
      yield {
        node: result.site.call,
        messageId: 'usedAfterRelease',
        data: {
          name: resourceName(result),
          line: String(release.loc.start.line),
          use: calleeText(use),
          useLine: String(use.loc.start.line),
        },
      };
    }
  },
});
