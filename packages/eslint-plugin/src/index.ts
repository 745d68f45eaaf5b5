import type { FlatConfig } from '@typescript-eslint/utils/ts-eslint';
import { presetsOf, type PresetName } from './presets.ts';
import { rules } from './rules/index.ts';

/** What the default export is: an ESLint plugin with its presets. */
export interface Plugin extends FlatConfig.Plugin {
  readonly meta: { readonly name: string; readonly version: string; readonly namespace: string };
  readonly rules: typeof rules;
  readonly configs: Record<PresetName, FlatConfig.Config>;
}

const base = {
  meta: { name: '@lifeguard/eslint-plugin', version: '0.1.0', namespace: 'lifeguard' },
  rules,
};

/** The plugin. Its presets register it as `lifeguard`. */
const plugin: Plugin = Object.assign(base, { configs: presetsOf(base) });

export default plugin;
