import type {
  Acquire, AcquireTimeout, Arrival, DisposeEffect, Disposes, Driver, Evidence, FatalError, Gauges,
  Maker, Member, NativeOption, Package, Ping, Release, Role, Scope, StatementTimeout, TypeFacts,
} from './driver.ts';
import {
  dictionary, either, flag, integer, list, nothing, object, oneOf, optional, text, type Shape,
} from './shape.ts';

/**
 * A record as users write it, in `settings.lifeguard.drivers` or `guard({ drivers })`: the shape of
 * {@link Driver}, of which a known `name` needs nothing more, and a new one `packages`, `types` and
 * `acquires`.
 */
export interface UserDriver extends Partial<Omit<Driver, 'name' | 'types'>> {
  readonly name: string;
  /** A type that the record has already needs only the fields that differ. */
  readonly types?: Readonly<Record<string, Partial<TypeFacts>>>;
}

/** Makes the shape that a user's record is checked against; not at the import, since most users have none. */
export function userDriver(): Shape<UserDriver> {
  const names = list(text());
  const milliseconds = either(integer(0), nothing);

  const roles = oneOf<Role>({
    pool: true, connection: true, transaction: true, session: true, statement: true, cursor: true,
    stream: true, body: true, client: true, other: true,
  });

  const effects = oneOf<DisposeEffect>({ release: true, end: true, commit: true, rollback: true, throws: true });

  const release = object<Release>('a release', {
    on: oneOf<Release['on']>({ resource: true, owner: true, handle: true }),
    method: text(),
    then: optional(text()),
    argument: optional(text('"true" or "{option}"', /^(?:true|\{\w+\})$/u)),
    drains: optional(flag),
    settles: oneOf<Release['settles']>({ sync: true, promise: true, callback: true, either: true }),
    twice: oneOf<Release['twice']>({ throws: true, ignored: true, rejects: true, corrupts: true, unknown: true }),
  });

  const facts = object<Partial<TypeFacts>>('the facts of a type', {
    role: optional(roles),
    aliases: optional(names),
    modules: optional(names),
    chains: optional(names),
    releases: optional(list(release)),
    destroys: optional(list(release)),
    ends: optional(names),
    disposes: optional(object<Disposes>('{ sync, async }', { sync: optional(effects), async: optional(effects) })),
    consumedByIteration: optional(flag),
    operations: optional(names),
    usableAfterRelease: optional(names),
    endedWhen: optional(names),
    infallible: optional(names),
    endsAfterError: optional(flag),
    lasting: optional(names),
    endsWithOwner: optional(names),
    emitsError: optional(flag),
  });

  const arrivals = oneOf<Arrival>({ promise: true, callback: true, return: true, receiver: true });

  const acquire = object<Acquire>('an acquire', {
    of: text(),
    method: text(),
    arrives: arrivals,
    gives: text(),
    modules: optional(names),
    property: optional(text()),
    then: optional(text()),
    callback: optional(
      object<NonNullable<Acquire['callback']>>('{ error, resource, release }', {
        error: integer(0),
        resource: integer(0),
        release: optional(integer(0)),
      }),
    ),
    when: optional(
      text('"no-callback", "callback", "instance:Name", "option:name"', /^(?:no-callback|callback|(?:instance|option):\w+)$/u),
    ),
    resolvesToReceiver: optional(flag),
    lazy: optional(flag),
    proofOnly: optional(flag),
  });

  const wait = {
    maker: text(),
    option: optional(text()),
    argument: integer(-1),
    defaultMs: milliseconds,
    advice: optional(text()),
  };

  return object<UserDriver>('a record', {
    name: text(),
    packages: optional(
      list(
        object<Package>('a package', { module: text(), versions: optional(text()), global: optional(flag) }),
      ),
    ),
    types: optional(dictionary(facts)),
    makers: optional(
      list(
        object<Maker>('a maker', {
          export: text(),
          modules: optional(names),
          how: oneOf<Maker['how']>({ new: true, call: true, await: true, value: true }),
          gives: text(),
          versions: optional(text()),
        }),
      ),
    ),
    members: optional(
      list(
        object<Member>('a member', {
          of: text(),
          name: text(),
          how: oneOf<Member['how']>({ get: true, call: true, await: true }),
          gives: text(),
          versions: optional(text()),
        }),
      ),
    ),
    acquires: optional(list(acquire)),
    scopes: optional(
      list(
        object<Scope>('a scope', {
          of: text(),
          method: text(),
          callback: optional(integer(-1)),
          lendsItself: optional(flag),
          lends: optional(text()),
          wantsPromise: optional(flag),
        }),
      ),
    ),
    waits: optional(list(object<AcquireTimeout>('an acquire timeout', wait))),
    statementTimeouts: optional(
      list(
        object<StatementTimeout>('a statement timeout', {
          ...wait,
          cancels: oneOf<StatementTimeout['cancels']>({ server: true, driver: true }),
        }),
      ),
    ),
    pings: optional(
      list(
        object<Ping>('a ping', {
          of: text(),
          method: text(),
          query: optional(text('a string', /^/u)),
          settles: oneOf<Ping['settles']>({ promise: true, callback: true, either: true }),
        }),
      ),
    ),
    fatal: optional(
      list(
        object<FatalError>('a fatal error', {
          code: either(text(), integer(Number.MIN_SAFE_INTEGER)),
          means: oneOf<FatalError['means']>({ closed: true, 'read-only': true, shutdown: true }),
        }),
      ),
    ),
    gauges: optional(
      list(
        object<Gauges>('gauges', {
          of: text(),
          total: optional(text()),
          active: optional(text()),
          idle: optional(text()),
          waiting: optional(text()),
          socket: optional(text()),
          transaction: optional(text()),
          serverId: optional(text()),
        }),
      ),
    ),
    native: optional(list(object<NativeOption>('a native option', { option: text(), does: text() }))),
    secrets: optional(names),
    evidence: optional(list(object<Evidence>('evidence', { fact: text(), source: text() }))),
    unproved: optional(names),
  });
}
