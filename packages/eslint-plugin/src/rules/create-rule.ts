import type { TSESTree } from '@typescript-eslint/utils';
import type { JSONSchema4 } from '@typescript-eslint/utils/json-schema';
import type { RuleContext, RuleModule } from '@typescript-eslint/utils/ts-eslint';
import type { ExceptionalPaths } from '../graph/graph.ts';
import { analyse, type FileAnalysis } from '../obligations/leaks.ts';
import { moduleOf } from '../read/module-of.ts';
import type { Module } from '../read/module.ts';
import { afterWalk } from '../read/nodes.ts';

/** Which presets a rule belongs to; the presets are computed from it. */
export interface RuleDocs {
  readonly recommended: boolean;
  readonly strict: boolean;
}

/** The options that every rule about obligations has. */
export interface FlowOptions {
  readonly exceptionalPaths?: ExceptionalPaths;
  readonly neverReturns?: readonly string[];
  readonly typeInformation?: boolean;
  /** Only `require-body-consumed`: look at the global `fetch` too. */
  readonly checkFetch?: boolean;
}

/** Where a rule is explained. */
export function docsUrl(name: string): string {
  return `https://lifeguard.dev/rules/${name}`;
}

const flowProperties: Readonly<Record<string, JSONSchema4>> = {
    exceptionalPaths: {
      description: 'Which evaluations count as able to throw.',
      type: 'string',
      enum: ['off', 'await', 'calls', 'all'],
    },
    neverReturns: {
      description: 'Functions that never return, as they are called: `fail`, `assert.fail`.',
      type: 'array',
      items: { type: 'string' },
      uniqueItems: true,
    },
    typeInformation: {
      description: 'Ask the type checker where imports and annotations prove nothing.',
      type: 'boolean',
    },
};

/** What a rule finds at one place. */
export interface Problem<MessageId extends string> {
  readonly node: TSESTree.Node;
  readonly messageId: MessageId;
  readonly data?: Readonly<Record<string, string>>;
  /** Ways to mend it; looked for only where they are offered. */
  readonly suggest?: () => readonly Suggestion<MessageId>[];
}

/** One way to mend a problem. */
export interface Suggestion<MessageId extends string> {
  readonly messageId: MessageId;
  readonly data?: Readonly<Record<string, string>>;
  readonly edits: readonly Edit[];
}

/** A replacement of a range of the text. */
export interface Edit {
  readonly range: readonly [number, number];
  readonly text: string;
}

/** A rule that reads the shared analysis of a file and returns problems. */
export interface FlowRule<MessageId extends string> {
  readonly name: string;
  readonly description: string;
  readonly docs: RuleDocs;
  readonly messages: Readonly<Record<MessageId, string>>;
  readonly hasSuggestions?: boolean;
  /** Options besides the common ones. */
  readonly properties?: Readonly<Record<string, JSONSchema4>>;
  /** Text that makes a file worth analysing although it holds no pool. */
  worthwhile?(text: string, options: FlowOptions): boolean;
  problems(file: FileAnalysis, context: Context<MessageId>): Iterable<Problem<MessageId>>;
}

/**
 * So many findings of a rule in one file come with suggestions.
 *
 * ESLint wants the text of each at once, and a suggestion may move all of a function.
 */
const mostOffered = 100;

type Context<MessageId extends string> = Readonly<RuleContext<MessageId, [FlowOptions?]>>;

/** Makes an ESLint rule of a {@link FlowRule}; a file without a candidate registers nothing. */
export function createFlowRule<MessageId extends string>(
  rule: FlowRule<MessageId>,
): RuleModule<MessageId, [FlowOptions?], RuleDocs> {
  const { name, description, docs, messages, hasSuggestions = false, properties = {} } = rule;
  return {
    meta: {
      type: 'problem',
      docs: { description, url: docsUrl(name), ...docs },
      messages,
      schema: [
        {
          type: 'object',
          additionalProperties: false,
          properties: { ...flowProperties, ...properties },
        },
      ],
      hasSuggestions,
      defaultOptions: [{ exceptionalPaths: 'await' }],
    },
    create(context) {
      const module = moduleOf(context);
      const isWorth = rule.worthwhile?.(module.text, context.options[0] ?? {}) ?? false;
      if (!isWorth && !mayAcquire(module)) return noListener;
      return afterWalk(module, () => {
        const { exceptionalPaths = 'await', neverReturns = [] } = context.options[0] ?? {};
        const file = analyse(module, { exceptionalPaths, neverReturns });
        let offered = 0;
        for (const problem of rule.problems(file, context)) {
          const { suggest } = problem;
          if (suggest !== undefined) offered += 1;
          const suggestions = suggest === undefined || offered > mostOffered ? [] : suggest();
          context.report({
            node: problem.node,
            messageId: problem.messageId,
            data: problem.data ?? {},
            suggest: suggestions.map((suggestion) => ({
              messageId: suggestion.messageId,
              data: suggestion.data ?? {},
              fix: (fixer) =>
                suggestion.edits.map(({ range, text }) => fixer.replaceTextRange(range, text)),
            })),
          });
        }
      });
    },
  };
}

/** What a rule registers for a file that it has nothing to say of. */
export const noListener = Object.freeze({});

/** May a file acquire: from a pool of its own, one that the settings name, or one that it imports? */
function mayAcquire(module: Module): boolean {
  return module.mayHoldPools() || namesAssumedPool(module) || module.importsLender();
}

/** Does a file mention a name that the settings call a pool's? */
function namesAssumedPool({ assumedPools, text }: Module): boolean {
  for (const name of assumedPools) if (text.includes(name)) return true;
  return false;
}
