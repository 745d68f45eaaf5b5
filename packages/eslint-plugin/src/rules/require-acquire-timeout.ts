import type { AcquireTimeout } from '@lifeguard/catalogue';
import type { TSESTree } from '@typescript-eslint/utils';
import type { RuleModule } from '@typescript-eslint/utils/ts-eslint';
import { madeAt, mayMakeIn } from '../read/made.ts';
import { moduleOf } from '../read/module-of.ts';
import type { Module } from '../read/module.ts';
import { afterWalk } from '../read/nodes.ts';
import { optionIn } from '../read/options.ts';
import { typeFacts } from '../read/facts.ts';
import { bare, isNothing, stringOf } from '../read/syntax.ts';
import { docsUrl, noListener, type RuleDocs } from './create-rule.ts';

type MessageId = 'missing' | 'zero' | 'noSuchOption';

/** The options of `require-acquire-timeout`. */
export interface Options {
  readonly adviseWithoutOption?: boolean;
}

/** Reports pools on which an acquire waits for ever, where the driver has an option against it. */
export const requireAcquireTimeout: RuleModule<MessageId, [Options?], RuleDocs> = {
  meta: {
    type: 'suggestion',
    docs: {
      description: 'Require a limit on how long an acquire waits for a free connection',
      url: docsUrl('require-acquire-timeout'),
      recommended: false,
      strict: true,
    },
    messages: {
      missing: 'Set `{{option}}`: without it an acquire on a full pool waits for ever.',
      zero: 'Set `{{option}}` above 0: with it an acquire on a full pool waits for ever.',
      noSuchOption: '{{advice}}',
    },
    schema: [
      {
        type: 'object',
        additionalProperties: false,
        properties: {
          adviseWithoutOption: {
            type: 'boolean',
            description: 'Also report pools of drivers that have no such option, with other advice.',
          },
        },
      },
    ],
    defaultOptions: [{ adviseWithoutOption: false }],
  },
  create(context) {
    const module = moduleOf(context);
    if (!module.mayHoldPools()) return noListener;
    const advise = context.options[0]?.adviseWithoutOption === true;
    const check = (node: TSESTree.CallExpression | TSESTree.NewExpression): void => {
      const made = madeAt(node, module);
      const wait = made?.driver.waits?.find(({ maker }) => maker === made.maker.export);
      if (made === undefined || wait === undefined || wait.defaultMs !== null) return;
      // `default` is also what pg-query-stream exports, which nobody waits for.
      const role = typeFacts(made.driver, made.maker.gives)?.role;
      if (role === 'cursor' || role === 'stream') return;
      const { option, advice } = wait;
      if (option !== undefined) {
        const messageId = problemWith(node, option, wait, module);
        if (messageId !== undefined) context.report({ node, messageId, data: { option } });
      } else if (advise && advice !== undefined && !boundsItsQueue(node, wait, module)) {
        context.report({ node, messageId: 'noSuchOption', data: { advice } });
      }
    };
    return afterWalk(module, () => {
      for (const call of mayMakeIn(module)) check(call);
    });
  },
};

type Call = TSESTree.CallExpression | TSESTree.NewExpression;

function problemWith(
  call: Call,
  option: string,
  wait: AcquireTimeout,
  module: Module,
): 'missing' | 'zero' | undefined {
  const options = argumentOf(call, wait);
  if (options === 'unseen') return undefined;
  // `mongoose.createConnection()`: what precedes the options is told later, and they with it.
  if (wait.argument > 0 && call.arguments.length === 0) return undefined;
  const others = call.arguments.filter((argument) => argument !== options);
  if (options !== undefined && stringOf(bare(options)) !== undefined) return saysNothing(options, option);
  // What precedes the options is a connection string, which may hold the option too.
  if (wait.argument > 0 && others.some((other) => mayBeConnectionString(other, option))) return undefined;
  const state = optionIn(options, option, module);
  if (state.kind === 'absent') return holdsConnectionString(options, option, module) ? undefined : 'missing';
  if (state.kind === 'unseen') return undefined;
  const value = bare(state.value);
  if (isNothing(value)) return 'missing';
  return value.type === 'Literal' && value.value === 0 ? 'zero' : undefined;
}

function argumentOf(call: Call, wait: AcquireTimeout): TSESTree.Node | undefined | 'unseen' {
  if (call.arguments.some((argument) => argument.type === 'SpreadElement')) return 'unseen';
  return wait.argument < 0 ? call.arguments.at(wait.argument) : call.arguments[wait.argument];
}

function saysNothing(connection: TSESTree.Node, option: string): 'missing' | undefined {
  return stringOf(bare(connection))?.includes(option) === true ? undefined : 'missing';
}

/** An address that is read at run time may hold any option; a factory object holds none. */
function mayBeConnectionString(node: TSESTree.Node, option: string): boolean {
  const inner = bare(node);
  const text = stringOf(inner);
  if (text !== undefined) return text.includes(option);
  switch (inner.type) {
    case 'Identifier':
      return /ur[il]|conn|dsn|address|env/iu.test(inner.name);
    case 'ObjectExpression':
      return false;
    default:
      return true;
  }
}

function holdsConnectionString(
  options: TSESTree.Node | undefined,
  option: string,
  module: Module,
): boolean {
  const state = optionIn(options, 'connectionString', module);
  return state.kind === 'set' && stringOf(bare(state.value))?.includes(option) === true;
}

function boundsItsQueue(call: Call, wait: AcquireTimeout, module: Module): boolean {
  const options = argumentOf(call, wait);
  if (options === 'unseen') return true;
  const limit = optionIn(options, 'queueLimit', module);
  const waits = optionIn(options, 'waitForConnections', module);
  if (limit.kind === 'unseen' || waits.kind === 'unseen') return true;
  const isZero = (node: TSESTree.Node): boolean => node.type === 'Literal' && node.value === 0;
  const isFalse = (node: TSESTree.Node): boolean => node.type === 'Literal' && node.value === false;
  return (
    (limit.kind === 'set' && !isZero(bare(limit.value))) ||
    (waits.kind === 'set' && isFalse(bare(waits.value)))
  );
}
