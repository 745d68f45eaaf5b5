import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { ESLint } from 'eslint';

/** Which ESLint configuration a check uses. */
export type Configuration =
  | { readonly from: 'lifeguard'; readonly preset: 'recommended' | 'strict' | 'type-checked' }
  /** The `eslint.config.*` that ESLint finds for each file. */
  | { readonly from: 'project' }
  | { readonly from: 'file'; readonly file: string };

/** The options of ESLint that select a configuration. */
export function selecting(
  configuration: Configuration,
  cwd: string,
): Pick<ESLint.Options, 'overrideConfigFile'> {
  switch (configuration.from) {
    case 'lifeguard':
      return { overrideConfigFile: builtinPath(configuration.preset) };
    case 'project':
      return {};
    case 'file':
      return { overrideConfigFile: path.resolve(cwd, configuration.file) };
  }
}

function builtinPath(preset: string): string {
  return fileURLToPath(new URL(`../config/${preset}.js`, import.meta.url));
}
