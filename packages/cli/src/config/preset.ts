import plugin from '@lifeguard/eslint-plugin';
import type { Linter } from 'eslint';

/** The presets of the plugin that the command line offers. */
export type PresetName = keyof typeof plugin.configs;

/** A preset of the plugin as a list of configurations. */
export function presetOf(name: PresetName): Linter.Config[] {
  return [plugin.configs[name]];
}
