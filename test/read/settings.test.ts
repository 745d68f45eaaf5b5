import { describe, expect, it } from 'vitest';
import { readSettings } from '../../packages/eslint-plugin/src/read/settings.ts';

describe('settings.lifeguard', () => {
  it('may be absent', () => {
    const settings = readSettings(undefined);
    expect(settings.followImports).toBe(true);
    expect(settings.facts.ofModule('pg')).toHaveLength(1);
  });

  it('yields the same facts for equal content', () => {
    const { facts } = readSettings({ assumePoolNames: ['db'] });
    expect(readSettings({ assumePoolNames: ['db'] }).facts).toBe(facts);
  });

  it('takes a record of the user', () => {
    const { facts } = readSettings({
      drivers: [
        {
          name: 'ours',
          packages: [{ module: '@ours/db' }],
          types: { Lease: { role: 'connection', releases: [{ on: 'resource', method: 'giveBack', settles: 'sync', twice: 'ignored' }] } },
          acquires: [{ of: 'module', method: 'lease', arrives: 'promise', gives: 'Lease' }],
        },
      ],
    });
    expect(facts.ofModule('@ours/db')).toHaveLength(1);
    expect(facts.acquiresNamed('lease')).toHaveLength(1);
  });

  it.each([
    ['an unknown key', { folowImports: false }, 'did you mean `followImports`'],
    ['a wrong switch', { followImports: 'no' }, '`settings.lifeguard.followImports`'],
    ['wrong names', { assumePoolNames: 'db' }, '`settings.lifeguard.assumePoolNames`'],
    ['a report that is no path', { reports: 7 }, '`settings.lifeguard.reports` must be a path or glob'],
    ['a report without a name', { reports: ['leaks.jsonl', ''] }, '`settings.lifeguard.reports`'],
    ['wrong records', { drivers: {} }, 'settings.lifeguard.drivers'],
    ['no object', 'pg', '`settings.lifeguard` must be an object'],
  ])('refuses %s', (_title, settings, message) => {
    expect(() => readSettings(settings)).toThrow(expect.objectContaining({ code: 'LIFEGUARD_BAD_SETTINGS' }));
    expect(() => readSettings(settings)).toThrow(message);
  });
});
