import type { Block, Chain, ChainedQuery, ChainUse, Statement, Tail } from './program.ts';
import type { Scope } from './scope.ts';
import { acquireCall, type Text } from './text.ts';

/** Prints a block without its braces; true if its end cannot be reached in an obvious way. */
export type PrintBlock = (block: Block, scope: Scope, text: Text) => boolean;

type Callback = Extract<Statement, { kind: 'callback' }>;
type CallbackQuery = Extract<Statement, { kind: 'callbackQuery' }>;

export function printCallback({ guard, body }: Callback, scope: Scope, text: Text, printBlock: PrintBlock): void {
  const [error, name, done] = [text.name('err'), text.name('c'), text.name('done')];
  const inner = scope.inCallback(false);
  inner.declare({ name, driver: 'pg', mutable: false, done });
  text.nest(
    `pool.connect((${error}, ${name}, ${done}) => {`,
    () => {
      if (guard === 'none') text.nest(`if (!${error}) {`, () => printBlock(body, inner, text), '}');
      else {
        text.line(guard === 'return' ? `if (${error}) return;` : `if (${error}) { log('x'); return; }`);
        printBlock(body, inner, text);
      }
    },
    '});',
  );
}

export function printCallbackQuery({ pick, guard, body }: CallbackQuery, scope: Scope, text: Text, printBlock: PrintBlock): void {
  const inner = scope.inCallback(false);
  const variable = inner.variable(pick);
  if (!variable) return;
  if (!inner.isFull(variable)) return;
  const { name, done } = variable;
  const error = text.name('err');
  text.nest(
    `${name}.query('q', (${error}) => {`,
    () => {
      const mend = done === undefined ? `${name}.release(true)` : `${done}(${error})`;
      if (guard === 'return') text.line(`if (${error}) return;`);
      if (guard === 'release') text.line(`if (${error}) { ${mend}; return; }`);
      printBlock(body, inner, text);
    },
    '});',
  );
}

export function printChain(chain: Chain, scope: Scope, text: Text, printBlock: PrintBlock): boolean {
  const name = text.name('c');
  const inner = scope.inCallback(chain.isAsync);
  inner.declare({ name, driver: chain.driver, mutable: false });
  const [prefix, ends] = use(chain.how, scope);
  text.line(`${prefix}${acquireCall(chain.driver)}.then(${chain.isAsync ? 'async ' : ''}(${name}) => {`);
  text.indented(() => printBlock(chain.body, inner, text));
  if (chain.rejected) printRejected(chain.rejected, scope, text, printBlock);
  printTails('})', chain.tails, scope, text, printBlock);
  return ends;
}

export function printChainedQuery(query: ChainedQuery, scope: Scope, text: Text, printBlock: PrintBlock): boolean {
  const variable = scope.inCallback(false).variable(query.pick);
  if (!variable || !scope.isFull(variable)) return false;
  const [prefix, ends] = use(query.how, scope);
  printTails(`${prefix}${variable.name}.query('q')`, query.tails, scope, text, printBlock);
  return ends;
}

/** How the promise is used, and whether the block ends there. */
function use(how: ChainUse, scope: Scope): readonly [prefix: string, ends: boolean] {
  if (how === 'float') return ['', false];
  return how === 'await' && scope.isAsync ? ['await ', false] : ['return ', true];
}

/** Prints the calls on the promise that `start` stands for, and the end of the statement. */
function printTails(start: string, tails: readonly Tail[], scope: Scope, text: Text, printBlock: PrintBlock): void {
  let open = start;
  for (const { on, body, rejected } of tails) {
    const inner = scope.inCallback(false);
    const release = rejected ? undefined : loneRelease(body, inner);
    if (release !== undefined) {
      open += `.${on}(() => ${release})`;
      continue;
    }
    text.line(`${open}.${on}(() => {`);
    text.indented(() => printBlock(body, inner, text));
    if (on === 'then' && rejected) printRejected(rejected, scope, text, printBlock);
    open = '})';
  }
  text.line(`${open};`);
}

function printRejected(body: Block, scope: Scope, text: Text, printBlock: PrintBlock): void {
  text.line('}, () => {');
  text.indented(() => printBlock(body, scope.inCallback(false), text));
}

/** The release a function consists of, as the expression an arrow may have for a body. */
function loneRelease(body: Block, scope: Scope): string | undefined {
  const [only, ...more] = body;
  if (only?.kind !== 'release' || more.length > 0) return undefined;
  const variable = scope.variable(only.pick);
  return variable && `${variable.name}${scope.isFull(variable) && only.how !== 'optional' ? '' : '?'}.release()`;
}
