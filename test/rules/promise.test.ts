import { describe, expect, it } from 'vitest';
import plugin from '../../packages/eslint-plugin/src/index.ts';
import { readSettings } from '../../packages/eslint-plugin/src/read/settings.ts';
import { promised, promisedPresets, promisedSettings, type Promised } from './promise.ts';

describe('the names that change only with a major version', () => {
  it('are those of the rules, of their messages and of their options', () => {
    const actual = Object.entries(plugin.rules).map(([id, { meta }]): [string, Promised] => [
      id,
      { messages: Object.keys(meta.messages).sort(), options: optionsIn([meta.schema].flat()[0] ?? {}).sort() },
    ]);
    expect(Object.fromEntries(actual)).toEqual(promised);
  });

  it('are those of the presets', () => {
    expect(Object.keys(plugin.configs).sort()).toEqual(promisedPresets);
  });

  it('are those of the plugin, under which every id begins', () => {
    const { name, namespace } = plugin.meta;
    expect({ name, namespace }).toEqual({ name: '@lifeguard/eslint-plugin', namespace: 'lifeguard' });
    for (const preset of Object.values(plugin.configs)) {
      expect(Object.keys(preset.plugins)).toEqual(['lifeguard']);
      const known = Object.keys(promised).map((id) => `lifeguard/${id}`);
      expect(known).toEqual(expect.arrayContaining(Object.keys(preset.rules)));
    }
  });

  it('are the keys of the settings, of which no other is taken', () => {
    const legal = /legal: (?<keys>[^.]+)\./u.exec(refusal({ 'quite another': true }))?.groups?.['keys'];
    expect(legal?.split(', ').sort()).toEqual(promisedSettings);
  });
});

/** The options of a schema, each with its legal words where it has some. */
function optionsIn(schema: object): string[] {
  const { properties = {} }: { readonly properties?: Readonly<Record<string, { readonly enum?: readonly string[] }>> } = schema;
  return Object.entries(properties).map(([name, { enum: words }]) => (words === undefined ? name : `${name}: ${words.join(', ')}`));
}

function refusal(settings: object): string {
  try {
    readSettings(settings);
    return 'taken';
  } catch (error) {
    return String(error);
  }
}
