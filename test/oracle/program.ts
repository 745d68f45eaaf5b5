/**
 * The grammar of the generated programs. A variable is picked by its distance from the innermost,
 * latest one in scope, so that a shrunk tree is still a program; what cannot be printed where it
 * stands (a release with no connection in scope, a break outside a loop) is left out.
 */
export type Block = readonly Statement[];

/** The body of the one async function. */
export type Program = Block;

/** `pg` through its promises, or `mysql2/promise`, which alone has the dispose symbols. */
export type Driver = 'pg' | 'mysql2';

/** An index into what is in scope, 0 for the latest; taken modulo how many there are. */
export type Pick = number;

export type Statement =
  | Acquire
  | Borrow
  | { readonly kind: 'declare'; readonly driver: Driver }
  | { readonly kind: 'alias'; readonly pick: Pick; readonly assigns: boolean }
  | { readonly kind: 'clear'; readonly pick: Pick }
  | { readonly kind: 'query'; readonly pick: Pick; readonly how: 'await' | 'optional' | 'plain' | 'sync' }
  | { readonly kind: 'work'; readonly how: 'await' | 'plain' }
  | { readonly kind: 'release'; readonly pick: Pick; readonly how: ReleaseForm }
  | { readonly kind: 'flag' }
  | { readonly kind: 'raise'; readonly pick: Pick; readonly value: boolean }
  | { readonly kind: 'store'; readonly pick: Pick; readonly how: 'property' | 'push' | 'set' }
  | { readonly kind: 'if'; readonly test: Test; readonly then: Block; readonly otherwise?: Block | undefined }
  | { readonly kind: 'loop'; readonly form: LoopForm; readonly labelled: boolean; readonly body: Block }
  | { readonly kind: 'jump'; readonly how: 'break' | 'continue'; readonly labelled: boolean }
  | { readonly kind: 'switch'; readonly cases: readonly Case[]; readonly otherwise?: Block | undefined }
  | Try
  | { readonly kind: 'return'; readonly what: 'nothing' | 'resource' | 'wrapped' | 'work'; readonly pick: Pick }
  | { readonly kind: 'throw' }
  | { readonly kind: 'block'; readonly body: Block }
  /** Statements in the scope they stand in: an idiom. */
  | { readonly kind: 'sequence'; readonly body: Block }
  | { readonly kind: 'using' }
  | { readonly kind: 'callback'; readonly guard: Guard; readonly body: Block }
  | { readonly kind: 'callbackQuery'; readonly pick: Pick; readonly guard: Guard; readonly body: Block }
  | Chain
  | ChainedQuery;

export interface Acquire {
  readonly kind: 'acquire';
  readonly driver: Driver;
  readonly into: 'const' | 'let' | 'existing' | 'missing' | 'maybe' | 'nothing';
  readonly pick: Pick;
}

/** A connection that the caller may have given, else one of the pool's. */
export interface Borrow {
  readonly kind: 'borrow';
  readonly driver: Driver;
  /** `let c = given; if (!c) c = …`, the same with the parameter asked, `given || …`, `given ?? …`. */
  readonly how: 'tested' | 'asked' | 'or' | 'coalesced';
  /** Is it noted first whose it is? */
  readonly noted: boolean;
}

/** `done` is the function a callback is handed, where there is one. */
export type ReleaseForm =
  | 'release'
  | 'optional'
  | 'if'
  | 'notNull'
  | 'and'
  | 'destroy'
  | 'owner'
  | 'done';

export type Test =
  /** Another answer each time it is asked. */
  | { readonly on: 'member' }
  /** One answer for the whole run; printed outside of loops only. */
  | { readonly on: 'parameter' }
  | { readonly on: 'resource'; readonly pick: Pick; readonly negated: boolean }
  | { readonly on: 'flag'; readonly pick: Pick; readonly negated: boolean }
  /** Whether what was borrowed last is the function's own. */
  | { readonly on: 'own'; readonly negated: boolean };

export type LoopForm = 'of' | 'while' | 'do' | 'forever';

export interface Case {
  readonly body: Block;
  readonly fallsThrough: boolean;
}

export interface Try {
  readonly kind: 'try';
  readonly body: Block;
  readonly handler?: Block | undefined;
  readonly finalizer?: Block | undefined;
}

/** How a callback meets its error: `if (err) return`, with a release before it, or not at all. */
export type Guard = 'return' | 'release' | 'none';

/** `pool.connect().then(c => …, () => …)`; only `body` sees the connection. */
export interface Chain {
  readonly kind: 'chain';
  readonly driver: Driver;
  readonly how: ChainUse;
  readonly isAsync: boolean;
  readonly body: Block;
  readonly rejected?: Block | undefined;
  readonly tails: readonly Tail[];
}

/** `c.query('q').finally(() => c.release())`. */
export interface ChainedQuery {
  readonly kind: 'chainedQuery';
  readonly pick: Pick;
  readonly how: ChainUse;
  readonly tails: readonly Tail[];
}

export type ChainUse = 'await' | 'return' | 'float';

export interface Tail {
  readonly on: 'then' | 'catch' | 'finally';
  readonly body: Block;
  /** The second argument of `then`. */
  readonly rejected?: Block | undefined;
}
