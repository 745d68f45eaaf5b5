import type { RuleMetaData } from '@typescript-eslint/utils/ts-eslint';
import { presetsOf, type Preset, type PresetName } from './presets.ts';
import type { RuleDocs } from './rules/create-rule.ts';
import { rules } from './rules/index.ts';

/**
 * A rule as a configuration sees it.
 *
 * Each host types the context that it hands over, and the listeners that it gets, in its own way, so
 * nothing is said of them.
 */
export interface Rule {
  /** ESLint before 9.21 knew `deprecated` as a flag alone; no rule has it. */
  readonly meta: Omit<RuleMetaData<string, RuleDocs, [object?]>, 'deprecated'>;
  // eslint-disable-next-line @typescript-eslint/no-generated-empty-object-type -- the one type that every host's type of listeners takes
  create(context: never): Record<never, never>;
}

/** What the presets register: the plugin without its presets, which would contain themselves. */
export interface Base {
  readonly meta: { readonly name: string; readonly version: string; readonly namespace: string };
  readonly rules: Record<keyof typeof rules, Rule>;
}

/** What the default export is: an ESLint plugin with its presets. */
export interface Plugin extends Base {
  readonly configs: Record<PresetName, Preset<Base>>;
}

const base: Base = {
  meta: { name: '@lifeguard/eslint-plugin', version: '0.1.0', namespace: 'lifeguard' },
  rules,
};

/** The plugin. Its presets register it as `lifeguard`. */
const plugin: Plugin = Object.assign(base, { configs: presetsOf(base) });

export default plugin;
