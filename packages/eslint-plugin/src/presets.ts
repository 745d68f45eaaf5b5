import type { JSONSchema4 } from '@typescript-eslint/utils/json-schema';
import { rules } from './rules/index.ts';

/** The names of the presets. */
export type PresetName = 'recommended' | 'recommendedTypeChecked' | 'strict';

/** How a preset sets a rule. */
export type PresetEntry = 'error' | ['error', Readonly<Record<string, boolean>>];

/**
 * A configuration object that registers the plugin and sets its rules.
 *
 * It has no field that ESLint's and typescript-eslint's types of a configuration disagree about, so
 * that it stands in a typed configuration of either, whatever the version.
 */
export interface Preset<Plugin extends object = object> {
  readonly name: string;
  readonly plugins: { readonly lifeguard: Plugin };
  readonly rules: Record<string, PresetEntry>;
}

/** Which rules a preset takes, and how. */
interface Choice {
  readonly grade: 'recommended' | 'strict';
  readonly typeInformation: boolean;
}

const choices: Readonly<Record<PresetName, Choice>> = {
  recommended: { grade: 'recommended', typeInformation: false },
  recommendedTypeChecked: { grade: 'recommended', typeInformation: true },
  strict: { grade: 'strict', typeInformation: false },
};

/** Computes the presets from the rules' `meta`; `plugin` is registered as `lifeguard`. */
export function presetsOf<Plugin extends object>(plugin: Plugin): Record<PresetName, Preset<Plugin>> {
  const of = (name: PresetName): Preset<Plugin> => ({
    name: `lifeguard/${name}`,
    plugins: { lifeguard: plugin },
    rules: rulesOf(choices[name]),
  });
  return {
    recommended: of('recommended'),
    recommendedTypeChecked: of('recommendedTypeChecked'),
    strict: of('strict'),
  };
}

function rulesOf({ grade, typeInformation }: Choice): Record<string, PresetEntry> {
  const entries: [string, PresetEntry][] = [];
  for (const [id, rule] of Object.entries(rules)) {
    if (rule.meta.docs?.[grade] !== true) continue;
    const known = optionsOf(rule.meta.schema);
    const options = {
      ...(typeInformation && 'typeInformation' in known ? { typeInformation } : {}),
      ...(grade === 'strict' && 'checkFetch' in known ? { checkFetch: true } : {}),
    };
    const hasOptions = Object.keys(options).length > 0;
    entries.push([`lifeguard/${id}`, hasOptions ? ['error', options] : 'error']);
  }
  return Object.fromEntries(entries);
}

/** The names of a rule's options. */
function optionsOf(schema: JSONSchema4 | readonly JSONSchema4[]): object {
  const options: JSONSchema4 | undefined = 'at' in schema ? schema.at(0) : schema;
  return options !== undefined && 'properties' in options ? (options.properties ?? {}) : {};
}
