import type { ESLint, Linter } from 'eslint';
import { fileURLToPath } from 'node:url';

/** The built plugin, as every host loads it. */
export const pluginFile = fileURLToPath(new URL('../../packages/eslint-plugin/dist/index.js', import.meta.url));

/** The built plugin, which has presets. */
export interface BuiltPlugin extends ESLint.Plugin {
  readonly configs: { readonly strict: { readonly rules: Linter.RulesRecord } };
}

/** Loads the built plugin. */
export async function builtPlugin(): Promise<BuiltPlugin> {
  return ((await import(pluginFile)) as { readonly default: BuiltPlugin }).default;
}
