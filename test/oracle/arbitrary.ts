import fc from 'fast-check';
import { idioms } from './idioms.ts';
import type { Block, Case, Chain, ChainedQuery, Program, Statement, Tail, Test, Try } from './program.ts';

const pick = fc.constantFrom(0, 0, 0, 0, 1, 2);
const driver = fc.constantFrom('pg' as const, 'mysql2' as const);
const use = fc.constantFrom('await' as const, 'return' as const, 'float' as const);
const guard = fc.constantFrom('return' as const, 'release' as const, 'none' as const);

/** Statements that hold no others. */
const leaf: fc.Arbitrary<Statement> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('acquire' as const),
      driver,
      into: fc.constantFrom('const', 'const', 'let', 'existing', 'existing', 'missing', 'maybe', 'nothing'),
      pick,
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('declare' as const), driver }) },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('borrow' as const),
      driver,
      how: fc.constantFrom('tested', 'asked', 'or', 'coalesced'),
      noted: fc.boolean(),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('alias' as const), pick, assigns: fc.boolean() }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('clear' as const), pick }) },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('query' as const),
      pick,
      how: fc.constantFrom('await', 'await', 'optional', 'plain', 'sync'),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant('work' as const), how: fc.constantFrom('await', 'plain') }),
  },
  { weight: 7, arbitrary: release() },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('flag' as const) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('raise' as const), pick, value: fc.boolean() }) },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('store' as const),
      pick,
      how: fc.constantFrom('property', 'push', 'set'),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('jump' as const),
      how: fc.constantFrom('break', 'continue'),
      labelled: fc.boolean(),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('return' as const),
      what: fc.constantFrom('nothing', 'nothing', 'resource', 'wrapped', 'work'),
      pick,
    }),
  },
  { weight: 1, arbitrary: fc.constant({ kind: 'throw' }) },
  { weight: 1, arbitrary: fc.constant({ kind: 'using' }) },
);

function release(): fc.Arbitrary<Statement> {
  return fc.record({
    kind: fc.constant('release'),
    pick,
    how: fc.constantFrom('release', 'release', 'optional', 'if', 'notNull', 'and', 'destroy', 'owner', 'done'),
  });
}

const test: fc.Arbitrary<Test> = fc.oneof(
  fc.constant<Test>({ on: 'member' }),
  fc.constant<Test>({ on: 'parameter' }),
  fc.record({ on: fc.constant('resource' as const), pick, negated: fc.boolean() }),
  fc.record({ on: fc.constant('flag' as const), pick, negated: fc.boolean() }),
  fc.record({ on: fc.constant('own' as const), negated: fc.boolean() }),
);

/** A type and no interface: fast-check asks for an index signature. */
type Grammar = {
  readonly block: Block;
  readonly statement: Statement;
  readonly if: Statement;
  readonly loop: Statement;
  readonly switch: Statement;
  readonly case: Case;
  readonly try: Try;
  readonly callback: Statement;
  readonly callbackQuery: Statement;
  readonly chain: Chain;
  readonly chainedQuery: ChainedQuery;
  readonly tail: Tail;
  readonly idiom: Statement;
};

const maybe = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> =>
  fc.option(arbitrary, { nil: undefined });

const grammar = fc.letrec<Grammar>((tie) => ({
  block: fc.array(tie('statement'), { maxLength: 4, depthIdentifier: 'block' }),
  statement: fc.oneof(
    { maxDepth: 4, withCrossShrink: true, depthIdentifier: 'block' },
    { weight: 12, arbitrary: leaf },
    { weight: 4, arbitrary: tie('idiom') },
    { weight: 3, arbitrary: tie('if') },
    { weight: 2, arbitrary: tie('loop') },
    { weight: 1, arbitrary: tie('switch') },
    { weight: 3, arbitrary: tie('try') },
    { weight: 1, arbitrary: tie('callback') },
    { weight: 1, arbitrary: tie('callbackQuery') },
    { weight: 1, arbitrary: tie('chain') },
    { weight: 1, arbitrary: tie('chainedQuery') },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant('block' as const), body: tie('block') }) },
  ),
  if: fc.record({
    kind: fc.constant('if' as const),
    test,
    // Where both arms could be empty the condition would be all there is.
    then: tie('block'),
    otherwise: maybe(tie('block')),
  }),
  loop: fc.record({
    kind: fc.constant('loop' as const),
    form: fc.constantFrom('of', 'while', 'do', 'forever'),
    labelled: fc.boolean(),
    body: tie('block'),
  }),
  switch: fc.record({
    kind: fc.constant('switch' as const),
    cases: fc.array(tie('case'), { minLength: 1, maxLength: 2 }),
    otherwise: maybe(tie('block')),
  }),
  case: fc.record({ body: tie('block'), fallsThrough: fc.boolean() }),
  try: fc.record({
    kind: fc.constant('try' as const),
    body: tie('block'),
    handler: maybe(tie('block')),
    finalizer: maybe(tie('block')),
  }),
  callback: fc.record({ kind: fc.constant('callback' as const), guard, body: tie('block') }),
  callbackQuery: fc.record({ kind: fc.constant('callbackQuery' as const), pick, guard, body: tie('block') }),
  chain: fc.record({
    kind: fc.constant('chain' as const),
    driver,
    how: use,
    isAsync: fc.boolean(),
    body: tie('block'),
    rejected: maybe(tie('block')),
    tails: fc.array(tie('tail'), { maxLength: 2 }),
  }),
  chainedQuery: fc.record({
    kind: fc.constant('chainedQuery' as const),
    pick,
    how: use,
    tails: fc.array(tie('tail'), { minLength: 1, maxLength: 2 }),
  }),
  tail: fc.record({
    on: fc.constantFrom('then', 'catch', 'finally'),
    body: tie('block'),
    rejected: maybe(tie('block')),
  }),
  idiom: fc
    .tuple(fc.constantFrom(...idioms), driver, release(), tie('block'), tie('block'))
    .map(([idiom, of, end, body, between]) => ({
      kind: 'sequence' as const,
      body: idiom({ driver: of, release: end, body, between }),
    })),
}));

/** Programs with at least one acquire, more often near a correct one than not. */
export const program: fc.Arbitrary<Program> = fc
  .tuple(fc.array(leaf, { maxLength: 1 }), grammar.idiom, grammar.block)
  .map(([before, idiom, after]) => [...before, idiom, ...after]);
