import type { Driver } from './driver.ts';
import { nearest } from './nearest.ts';
import { RecordError } from './record-error.ts';
import type { UserDriver } from './user-driver.ts';

/**
 * Checks that what a user's record names exists: types, modules and makers of the merged record.
 *
 * Only the user's own entries are looked at, so that every message names a place the user wrote.
 */
export function checkReferences(user: UserDriver, merged: Driver, path: string): void {
  const types = Object.keys(merged.types);
  const modules = merged.packages.map(({ module }) => module);
  const exports = merged.makers.map((maker) => maker.export);
  const wants = (word: string | undefined, words: readonly string[], at: string, kind: string): void => {
    if (word === undefined || words.includes(word)) return;
    const legal = words.map((one) => `"${one}"`).join(', ') || `none, the record has no ${kind}`;
    throw new RecordError(`${path}.${at}`, `is "${word}", which is no ${kind} of this record`, legal, nearest(word, words));
  };
  const wantsModules = (given: readonly string[] | undefined, at: string): void => {
    given?.forEach((module, index) => wants(module, modules, `${at}.modules[${index}]`, 'module'));
  };

  for (const [name, facts] of Object.entries(user.types ?? {})) wantsModules(facts.modules, `types.${name}`);
  user.makers?.forEach((maker, index) => {
    wants(maker.gives, types, `makers[${index}].gives`, 'type');
    wantsModules(maker.modules, `makers[${index}]`);
  });
  user.members?.forEach((member, index) => {
    wants(member.of, types, `members[${index}].of`, 'type');
    wants(member.gives, types, `members[${index}].gives`, 'type');
  });
  user.acquires?.forEach((acquire, index) => {
    const at = `acquires[${index}]`;
    wants(acquire.of, [...types, 'module'], `${at}.of`, 'type');
    wants(acquire.gives, types, `${at}.gives`, 'type');
    wantsModules(acquire.modules, at);
    if (acquire.arrives === 'callback' && acquire.callback === undefined) {
      throw new RecordError(`${path}.${at}.callback`, 'is missing', '{ error, resource, release } for `arrives: "callback"`');
    }
    const given = merged.types[acquire.gives];
    const ways = (given?.releases?.length ?? 0) + (given?.destroys?.length ?? 0);
    if (ways === 0 && given?.consumedByIteration !== true) {
      throw new RecordError(`${path}.types.${acquire.gives}.releases`, `is missing or empty, but \`${at}\` lends this type`, 'at least one way to give it back');
    }
  });
  user.scopes?.forEach((scope, index) => {
    wants(scope.of, [...types, 'module'], `scopes[${index}].of`, 'type');
    wants(scope.lends, types, `scopes[${index}].lends`, 'type');
  });
  user.pings?.forEach((ping, index) => wants(ping.of, types, `pings[${index}].of`, 'type'));
  user.gauges?.forEach((gauges, index) => wants(gauges.of, types, `gauges[${index}].of`, 'type'));
  user.waits?.forEach((wait, index) => wants(wait.maker, exports, `waits[${index}].maker`, 'maker'));
  user.statementTimeouts?.forEach((timeout, index) =>
    wants(timeout.maker, exports, `statementTimeouts[${index}].maker`, 'maker'),
  );
}
