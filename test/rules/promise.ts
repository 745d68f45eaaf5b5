/** What users' configurations, suppressions and reports hang on, for one rule. */
export interface Promised {
  /** Ids of messages, of findings and of suggestions. */
  readonly messages: readonly string[];
  /** Options, with the values of those that take one of a few words. */
  readonly options: readonly string[];
}

const flow = ['exceptionalPaths: off, await, calls, all', 'neverReturns', 'typeInformation'];

/**
 * The promise on stability, written out: a name leaves this list only with a major version.
 *
 * A new rule, message or option is added here, in the change that brings it.
 */
export const promised: Readonly<Record<string, Promised>> = {
  'require-release': {
    messages: [
      'askPool', 'declareUsing', 'discardedAcquire', 'fieldNeverReleased', 'neverReleased',
      'notReleasedOnPath', 'overwrittenWhileHeld', 'wrapInFinally',
    ],
    options: flow,
  },
  'require-release-on-throw': {
    messages: ['askPool', 'declareUsing', 'notReleasedOnThrow', 'releasedOnEndOnly', 'wrapInFinally'],
    options: flow,
  },
  'no-release-before-settled': { messages: ['addAwait', 'releasedWhilePending'], options: flow },
  'no-double-release': { messages: ['releasedTwice'], options: flow },
  'no-use-after-release': { messages: ['usedAfterRelease'], options: flow },
  'no-floating-release': { messages: ['addAwait', 'floatingRelease'], options: flow },
  'no-pool-per-call': {
    messages: ['inComponent', 'inHandler', 'inLoop', 'neverEnded', 'poolEndInHandler'],
    options: [],
  },
  'require-acquire-timeout': { messages: ['missing', 'noSuchOption', 'zero'], options: ['adviseWithoutOption'] },
  'require-body-consumed': { messages: ['bodyIgnored', 'bodyNotConsumed', 'dropBody'], options: ['checkFetch', ...flow] },
  'runtime-leak': { messages: ['leaked'], options: [] },
};

/** The presets. */
export const promisedPresets = ['recommended', 'recommendedTypeChecked', 'strict'];

/** The keys of `settings.lifeguard`. */
export const promisedSettings = ['assumePoolNames', 'drivers', 'followImports', 'reports'];
