import type { Block, Driver, Statement } from './program.ts';

/** What an idiom is made of; `between` stands where correct code has nothing. */
export interface Parts {
  readonly driver: Driver;
  readonly release: Statement;
  readonly body: Block;
  readonly between: Block;
}

type Idiom = (parts: Parts) => Block;

function acquire(driver: Driver, into: 'const' | 'existing'): Statement {
  return { kind: 'acquire', driver, into, pick: 0 };
}

const inFinally: Idiom = ({ driver, release, body }) => [
  acquire(driver, 'const'),
  { kind: 'try', body, finalizer: [release] },
];

const gapBeforeTry: Idiom = ({ driver, release, body, between }) => [
  acquire(driver, 'const'),
  // A block of its own, so that what it declares is not what the finally releases.
  { kind: 'block', body: between },
  { kind: 'try', body, finalizer: [release] },
];

const acquiredInTry: Idiom = ({ driver, body, between }) => [
  { kind: 'declare', driver },
  {
    kind: 'try',
    body: [acquire(driver, 'existing'), { kind: 'block', body }],
    handler: between.length > 0 ? between : undefined,
    finalizer: [{ kind: 'release', pick: 0, how: 'optional' }],
  },
];

const flagged: Idiom = ({ driver, release, body, between }) => [
  { kind: 'flag' },
  acquire(driver, 'const'),
  {
    kind: 'try',
    body: [{ kind: 'block', body }, release, { kind: 'raise', pick: 0, value: true }, ...between],
    finalizer: [{ kind: 'if', test: { on: 'flag', pick: 0, negated: true }, then: [release] }],
  },
];

const inBothArms: Idiom = ({ driver, release, body }) => [
  acquire(driver, 'const'),
  {
    kind: 'try',
    body: [{ kind: 'block', body }, release],
    handler: [release, { kind: 'throw' }],
  },
];

const straight: Idiom = ({ driver, release, body }) => [
  acquire(driver, 'const'),
  { kind: 'block', body },
  release,
];

const perItem: Idiom = (parts) => [
  { kind: 'loop', form: 'of', labelled: false, body: inFinally(parts) },
];

const clearedAfterwards: Idiom = ({ driver, release, body, between }) => [
  { kind: 'declare', driver },
  {
    kind: 'try',
    body: [
      acquire(driver, 'existing'),
      { kind: 'block', body },
      release,
      { kind: 'clear', pick: 0 },
      { kind: 'block', body: between },
    ],
    finalizer: [{ kind: 'release', pick: 0, how: 'if' }],
  },
];

const inCallback: Idiom = ({ release, body, between }) => [
  {
    kind: 'callback',
    guard: 'return',
    body: [
      { kind: 'block', body: between },
      { kind: 'callbackQuery', pick: 0, guard: 'release', body: [{ kind: 'block', body }, release] },
    ],
  },
];

const inChain: Idiom = ({ driver, release, body, between }) => [
  {
    kind: 'chain',
    driver,
    how: 'await',
    isAsync: false,
    body: [
      { kind: 'block', body },
      { kind: 'chainedQuery', pick: 0, how: 'return', tails: [{ on: 'finally', body: [release] }] },
    ],
    tails: between.length > 0 ? [{ on: 'catch', body: between }] : [],
  },
];

const inBothHandlers: Idiom = ({ driver, release, body }) => [
  {
    kind: 'chain',
    driver,
    how: 'await',
    isAsync: false,
    body: [
      {
        kind: 'chainedQuery',
        pick: 0,
        how: 'return',
        tails: [{ on: 'then', body: [release, ...body], rejected: [release, { kind: 'throw' }] }],
      },
    ],
    tails: [],
  },
];

const inAsyncHandler: Idiom = ({ driver, release, body }) => [
  {
    kind: 'chain',
    driver,
    how: 'await',
    isAsync: true,
    body: [{ kind: 'try', body, finalizer: [release] }],
    tails: [],
  },
];

const borrowed: Idiom = ({ driver, release, body, between }) => {
  const isOwn = { on: 'own', negated: false } as const;
  return [
    { kind: 'borrow', driver, how: between.length % 2 === 0 ? 'tested' : 'or', noted: body.length % 2 === 0 },
    { kind: 'try', body: [{ kind: 'block', body }], finalizer: [{ kind: 'if', test: isOwn, then: [release] }] },
  ];
};

const used: Idiom = ({ body }) => [{ kind: 'block', body: [{ kind: 'using' }, ...body] }];

/** The ways in which programs hold a connection, correct as long as what they contain is. */
export const idioms: readonly Idiom[] = [
  inFinally,
  gapBeforeTry,
  acquiredInTry,
  flagged,
  inBothArms,
  straight,
  perItem,
  clearedAfterwards,
  inCallback,
  inChain,
  inBothHandlers,
  inAsyncHandler,
  borrowed,
  used,
];
