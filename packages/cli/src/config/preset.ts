import * as lifeguard from '@lifeguard/eslint-plugin';
import type { Linter } from 'eslint';

/** The presets of the plugin that the command line offers. */
export type PresetName = 'recommended' | 'strict' | 'recommendedTypeChecked';

interface Plugin {
  readonly configs: Readonly<Record<PresetName, Linter.Config | Linter.Config[]>>;
}

/** A preset of the plugin as a list of configurations. */
export function presetOf(name: PresetName): Linter.Config[] {
  const { default: plugin } = lifeguard as { readonly default?: Plugin };
  if (plugin === undefined) {
    // Without rules every project would seem clean.
    throw new TypeError('@lifeguard/eslint-plugin exports no plugin.');
  }
  return [plugin.configs[name]].flat();
}
