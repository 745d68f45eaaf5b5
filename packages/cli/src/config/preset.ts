import type { Linter } from 'eslint';
import * as lifeguard from '@lifeguard/eslint-plugin';

/** The presets of the plugin that the command line offers. */
export type PresetName = 'recommended' | 'strict' | 'recommendedTypeChecked';

type Presets = Readonly<Record<PresetName, Linter.Config | Linter.Config[]>>;

/** A preset of the plugin as a list of configurations. */
export function presetOf(name: PresetName): Linter.Config[] {
  const plugin = (lifeguard as { readonly default?: { readonly configs: Presets } }).default;
  if (plugin === undefined) {
    return [];
  }
  return [plugin.configs[name]].flat();
}
