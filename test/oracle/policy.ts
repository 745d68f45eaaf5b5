/** The values of the rules' option `exceptionalPaths`, from the quietest to the strictest. */
export const policies = ['off', 'await', 'calls', 'all'] as const;

export type Policy = (typeof policies)[number];

/** A kind of place at which a program may throw without saying `throw`. */
export type FaultPoint = 'await' | 'resource' | 'call' | 'member';

/** Where each policy expects an exception; giving a connection back never fails in any of them. */
export const faultPoints: Readonly<Record<Policy, ReadonlySet<FaultPoint>>> = {
  off: new Set(),
  await: new Set(['await', 'resource']),
  calls: new Set(['await', 'resource', 'call']),
  all: new Set(['await', 'resource', 'call', 'member']),
};
