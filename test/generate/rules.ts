import plugin from '../../packages/eslint-plugin/src/index.ts';
import { replaceBlock } from './block.ts';
import { table } from './table.ts';

type Rule = (typeof plugin.rules)[keyof typeof plugin.rules];

/** What the schema says of one option, as far as a page shows it. */
interface Option {
  readonly type?: string;
  readonly enum?: readonly unknown[];
  readonly description?: string;
}

/** The ids of the rules, in the order of the docs. */
export const ruleIds = Object.keys(plugin.rules);

/** Where the page of a rule stands, from the root of the repository. */
export function rulePath(id: string): string {
  return `docs/rules/${id}.md`;
}

/** The page of a rule with its generated parts written anew. */
export function rulePage(id: string, page: string): string {
  const rule = ruleNamed(id);
  return replaceBlock(replaceBlock(page, 'header', headerOf(id, rule)), 'options', optionsOf(rule));
}

/** The README with its table of rules written anew. */
export function readmeWithRules(readme: string): string {
  const rows = ruleIds.map((id) => {
    const { docs, hasSuggestions } = ruleNamed(id).meta;
    return [
      `[\`${id}\`](${rulePath(id)})`,
      docs?.description ?? '',
      presetsWith(id).includes('recommended') ? 'recommended, strict' : 'strict',
      hasSuggestions === true ? 'yes' : '–',
    ];
  });
  return replaceBlock(readme, 'rules', table(['rule', 'what it does', 'in', 'suggestions'], rows));
}

function ruleNamed(id: string): Rule {
  const found = Object.entries(plugin.rules).find(([name]) => name === id);
  if (found === undefined) throw new Error(`No rule has the id ${id}.`);
  return found[1];
}

function headerOf(id: string, { meta: { docs, hasSuggestions } }: Rule): string {
  const presets = presetsWith(id).map((name) => `\`${name}\``);
  return [
    `# lifeguard/${id}`,
    `${docs?.description ?? ''}.`,
    `- Presets: ${presets.join(', ')}\n- Suggestions: ${hasSuggestions === true ? 'yes' : 'none'}`,
  ].join('\n\n');
}

/** The presets that turn a rule on, as they are built, not as the rule says. */
function presetsWith(id: string): readonly string[] {
  return Object.entries(plugin.configs)
    .filter(([, preset]) => `lifeguard/${id}` in preset.rules)
    .map(([name]) => name);
}

function optionsOf({ meta }: Rule): string {
  const schemas = [meta.schema].flat() as readonly { readonly properties?: Readonly<Record<string, Option>> }[];
  const options = Object.entries(schemas[0]?.properties ?? {});
  if (options.length === 0) return 'This rule has no options.';
  const defaults = new Map(Object.entries({ ...meta.defaultOptions?.[0] }));
  return table(
    ['option', 'type', 'default', 'what it does'],
    options.map(([name, option]) => [
      `\`${name}\``,
      typeOf(option),
      `\`${JSON.stringify(defaults.get(name) ?? emptyOf(option))}\``,
      option.description ?? '',
    ]),
  );
}

function typeOf(option: Option): string {
  if (option.enum !== undefined) return option.enum.map((value) => `\`${JSON.stringify(value)}\``).join(', ');
  return option.type === 'array' ? 'list of strings' : String(option.type);
}

/** What an option is where neither the user nor the rule sets it. */
function emptyOf({ type }: Option): unknown {
  if (type === 'boolean') return false;
  if (type === 'array') return [];
  throw new Error(`An option of type ${String(type)} needs a default.`);
}
