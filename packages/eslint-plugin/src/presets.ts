import type { JSONSchema4 } from '@typescript-eslint/utils/json-schema';
import type { FlatConfig, Linter } from '@typescript-eslint/utils/ts-eslint';
import { rules } from './rules/index.ts';

/** What a preset makes of the rules it holds. */
interface Preset {
  readonly grade: 'recommended' | 'strict';
  readonly typeInformation: boolean;
}

/** The names of the presets. */
export type PresetName = 'recommended' | 'recommendedTypeChecked' | 'strict';

const presets: Readonly<Record<PresetName, Preset>> = {
  recommended: { grade: 'recommended', typeInformation: false },
  recommendedTypeChecked: { grade: 'recommended', typeInformation: true },
  strict: { grade: 'strict', typeInformation: false },
};

/** Computes the presets from the rules' `meta`; `plugin` is registered as `lifeguard`. */
export function presetsOf(plugin: FlatConfig.Plugin): Record<PresetName, FlatConfig.Config> {
  const of = (name: PresetName): FlatConfig.Config => ({
    name: `lifeguard/${name}`,
    plugins: { lifeguard: plugin },
    rules: rulesOf(presets[name]),
  });
  return {
    recommended: of('recommended'),
    recommendedTypeChecked: of('recommendedTypeChecked'),
    strict: of('strict'),
  };
}

function rulesOf({ grade, typeInformation }: Preset): Linter.RulesRecord {
  const entries: [string, Linter.RuleEntry][] = [];
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
