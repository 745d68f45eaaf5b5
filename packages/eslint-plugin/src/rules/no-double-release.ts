import type { TSESTree } from '@typescript-eslint/utils';
import type { Result } from '../obligations/analysis.ts';
import { methodOf } from '../read/member.ts';
import { resourceName } from '../report/describe.ts';
import { createFlowRule } from './create-rule.ts';

/** Reports a path that gives a resource back twice, where the driver minds. */
export const noDoubleRelease = createFlowRule({
  name: 'no-double-release',
  description: 'Disallow releasing a connection twice on one path',
  docs: { recommended: true, strict: true },
  messages: {
    releasedTwice: '`{{name}}` is released on line {{first}} and again on line {{second}}.',
  },
  *problems({ results }) {
    for (const result of results) {
      for (const [second, first] of result.run.found.doubles) {
        if (!minds(result, second)) continue;
        yield {
          node: result.site.call,
          messageId: 'releasedTwice',
          data: {
            name: resourceName(result),
            first: String(first.loc.start.line),
            second: String(second.loc.start.line),
          },
        };
        break;
      }
    }
  },
});

/** Does a second release do harm, by the record of every driver it may be? */
function minds({ site }: Result, call: TSESTree.Node): boolean {
  const { protocol } = site;
  const method = methodOf(call);
  const release =
    method === undefined
      ? [...protocol.onResource.values()][0]
      : method.name.startsWith('@@')
        ? [...protocol.onResource.values()][0]
        : (protocol.onResource.get(method.name) ?? protocol.onOwner.get(method.name));
  if (release === undefined) return false;
  if (site.proof === 'evidence' && protocol.drivers.length > 1) return false;
  return release.twice === 'throws' || release.twice === 'rejects' || release.twice === 'corrupts';
}
