import type { TSESTree } from '@typescript-eslint/utils';
import type { RuleModule } from '@typescript-eslint/utils/ts-eslint';
import { relative, sep } from 'node:path';
import { settingsOf } from '../read/module-of.ts';
import { bare, parentOf } from '../read/syntax.ts';
import { knownLeaks } from '../records/known.ts';
import { locate, sourceOf, type Call } from '../records/locate.ts';
import { Tally } from '../records/tally.ts';
import { day, duration, times } from '../records/words.ts';
import { calleeText } from '../report/describe.ts';
import { docsUrl, type RuleDocs } from './create-rule.ts';

/** Reports where a connection leaked while the program ran, as the guard's reports say. */
export const runtimeLeak: RuleModule<'leaked', [], RuleDocs> = {
  meta: {
    type: 'problem',
    docs: {
      description: 'Show where a connection leaked in production',
      url: docsUrl('runtime-leak'),
      recommended: true,
      strict: true,
    },
    messages: { leaked: '`{{name}}` leaked {{times}} in production since {{since}}{{held}}.' },
    schema: [],
    defaultOptions: [],
  },
  create(context) {
    const { reports } = settingsOf(context);
    if (reports.length === 0) return {};
    const file = relative(context.cwd, context.physicalFilename).split(sep).join('/');
    const tallies = knownLeaks(reports, context.cwd).get(file);
    if (tallies === undefined) return {};
    return {
      'Program:exit'() {
        const source = sourceOf(context.sourceCode.ast, context.sourceCode.lines);
        for (const [node, tally] of byCall(tallies, (site) => locate(site, source))) {
          const held = tally.longestHeldMs === 0 ? '' : `, held up to ${duration(tally.longestHeldMs)}`;
          const data = { name: nameOf(node), times: times(tally.leaks), since: day(tally.firstLeakMs), held };
          context.report({ node, messageId: 'leaked', data });
        }
      },
    };
  },
};

/** What stands at the same call by now counts together: the line was elsewhere when an older version ran. */
function byCall(tallies: readonly Tally[], find: (site: NonNullable<Tally['site']>) => Call | undefined): ReadonlyMap<Call, Tally> {
  const found = new Map<Call, Tally>();
  for (const tally of tallies) {
    const call = tally.site === undefined ? undefined : find(tally.site);
    if (call === undefined) continue;
    const sum = found.get(call) ?? new Tally(tally.site);
    sum.add(tally);
    found.set(call, sum);
  }
  return found;
}

/** The variable that holds what was acquired; else the call. */
function nameOf(call: Call): string {
  let value: TSESTree.Node = call;
  for (let up = parentOf(value); up !== undefined && (up.type === 'AwaitExpression' || bare(up) === bare(value)); up = parentOf(up)) value = up;
  const holder = parentOf(value);
  if (holder?.type === 'VariableDeclarator' && holder.init === value && holder.id.type === 'Identifier') return holder.id.name;
  if (holder?.type === 'AssignmentExpression' && holder.right === value && holder.left.type === 'Identifier') return holder.left.name;
  return calleeText(call);
}
