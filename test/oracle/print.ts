import { printCallback, printCallbackQuery, printChain, printChainedQuery } from './print-async.ts';
import { lineOf } from './print-line.ts';
import type { Acquire, Block, Borrow, Program, Statement, Test, Try } from './program.ts';
import { Scope, type Variable } from './scope.ts';
import { acquireCall, Text } from './text.ts';

/** The program as the linter reads it, each acquire on a line of its own. */
export function print(program: Program): string {
  const text = new Text();
  printBlock(program, Scope.ofFunction(), text);
  const handed = ['env', 'items', 'work', 'log', 'kept', ...text.parameters];
  return [
    "import pg from 'pg';",
    "import mysql from 'mysql2/promise';",
    'const pool = new pg.Pool();',
    'const mpool = mysql.createPool({});',
    `export async function run({ ${handed.join(', ')} }) {`,
    ...text.lines,
    '}',
    '',
  ].join('\n');
}

function printBlock(block: Block, scope: Scope, text: Text): boolean {
  return block.some((statement) => printStatement(statement, scope, text));
}

function printStatement(statement: Statement, scope: Scope, text: Text): boolean {
  switch (statement.kind) {
    case 'sequence':
      return printBlock(statement.body, scope, text);
    case 'block':
      if (statement.body.length > 0) {
        text.nest('{', () => printBlock(statement.body, scope.inBlock(), text), '}');
      }
      return false;
    case 'acquire':
      printAcquire(statement, scope, text);
      return false;
    case 'borrow':
      printBorrow(statement, scope, text);
      return false;
    case 'using': {
      if (!scope.isAsync) return false;
      const name = text.name('c');
      text.line(`await using ${name} = await ${acquireCall('mysql2')};`);
      scope.declare({ name, driver: 'mysql2', mutable: false });
      return false;
    }
    case 'if': {
      const { then, otherwise } = statement;
      text.line(`if (${test(statement.test, scope, text)}) {`);
      const inside = scope.inBlock();
      const checked = asked(statement.test, scope);
      if (checked) inside.fill(checked);
      text.indented(() => printBlock(then, inside, text));
      if (otherwise) text.nest('} else {', () => printBlock(otherwise, scope.inBlock(), text), '}');
      else text.line('}');
      return false;
    }
    case 'loop':
      printLoop(statement, scope, text);
      return false;
    case 'switch':
      printSwitch(statement, scope, text);
      return false;
    case 'try':
      printTry(statement, scope, text);
      return false;
    case 'callback':
      printCallback(statement, scope, text, printBlock);
      return false;
    case 'callbackQuery':
      printCallbackQuery(statement, scope, text, printBlock);
      return false;
    case 'chain':
      return printChain(statement, scope, text, printBlock);
    case 'chainedQuery':
      return printChainedQuery(statement, scope, text, printBlock);
    case 'jump': {
      const label = statement.labelled ? scope.labels.at(-1) : undefined;
      const legal = statement.how === 'break' ? scope.breakable : scope.inLoop;
      if (legal) text.line(label === undefined ? `${statement.how};` : `${statement.how} ${label};`);
      return legal;
    }
    case 'throw':
      text.line("throw new Error('x');");
      return true;
    case 'return':
      text.line(`return${returned(statement, scope)};`);
      return true;
    default: {
      const line = lineOf(statement, scope, text);
      if (line !== undefined) text.line(line);
      return false;
    }
  }
}

function printAcquire({ driver, into, pick }: Acquire, scope: Scope, text: Text): void {
  if (!scope.isAsync) return;
  const call = `await ${acquireCall(driver)}`;
  if (into === 'nothing') return text.line(`${call};`);
  const target = into === 'existing' || into === 'missing' ? scope.assignable(pick, driver) : undefined;
  if (target) {
    scope.fill(target);
    return text.line(`${target.name} ${into === 'missing' ? '??=' : '='} ${call};`);
  }
  const name = text.name('c');
  const value = into === 'maybe' ? `${text.member()} ? ${call} : undefined` : call;
  text.line(`${into === 'let' ? 'let' : 'const'} ${name} = ${value};`);
  const variable = { name, driver, mutable: into === 'let', optional: into === 'maybe' };
  scope.declare(variable);
  if (into === 'let') scope.fill(variable);
}

function printBorrow({ driver, how, noted }: Borrow, scope: Scope, text: Text): void {
  if (!scope.isAsync) return;
  const given = text.given();
  const own = noted ? text.name('o') : `!${given}`;
  if (noted) text.line(`const ${own} = !${given};`);
  const name = text.name('c');
  const call = `await ${acquireCall(driver)}`;
  if (how === 'or' || how === 'coalesced') {
    text.line(`let ${name} = ${given} ${how === 'or' ? '||' : '??'} (${call});`);
  } else {
    text.line(`let ${name} = ${given};`);
    text.nest(`if (!${how === 'tested' ? name : given}) {`, () => text.line(`${name} = ${call};`), '}');
  }
  const variable = { name, driver, mutable: true };
  scope.declare(variable);
  scope.fill(variable);
  scope.own(own);
}

/** The variable that a condition finds full. */
function asked(condition: Test, scope: Scope): Variable | undefined {
  return condition.on === 'resource' && !condition.negated ? scope.variable(condition.pick) : undefined;
}

/** The text of a condition; opaque where what it asks about is not in scope. */
function test(condition: Test, scope: Scope, text: Text): string {
  if (condition.on === 'parameter' && !scope.inLoop) return text.parameter();
  if (condition.on === 'own' && scope.owned !== undefined) return condition.negated ? `!(${scope.owned})` : scope.owned;
  if (condition.on === 'resource' || condition.on === 'flag') {
    const { pick, negated, on } = condition;
    const name = on === 'flag' ? scope.flag(pick) : scope.variable(pick)?.name;
    if (name !== undefined) return `${negated ? '!' : ''}${name}`;
  }
  return text.member();
}

function printLoop(loop: Extract<Statement, { kind: 'loop' }>, scope: Scope, text: Text): void {
  // Only `await` can suspend a loop that never ends, so plain functions have bounded loops only.
  const form = scope.isAsync ? loop.form : 'of';
  const label = loop.labelled ? text.name('l') : undefined;
  const prefix = label === undefined ? '' : `${label}: `;
  const heads = {
    of: () => `for (const item of items) {`,
    while: () => `while (${text.member()}) {`,
    do: () => 'do {',
    forever: () => 'for (;;) {',
  };
  text.line(prefix + heads[form]());
  text.indented(() => printBlock(loop.body, scope.inLoopBody(label), text));
  text.line(form === 'do' ? `} while (${text.member()});` : '}');
}

function printSwitch(statement: Extract<Statement, { kind: 'switch' }>, scope: Scope, text: Text): void {
  const { cases, otherwise } = statement;
  text.line(`switch (${text.selector(cases.length + 1)}) {`);
  cases.forEach(({ body, fallsThrough }, index) => {
    text.line(`case ${index}: {`);
    text.indented(() => {
      if (!printBlock(body, scope.inSwitch(), text) && !fallsThrough) text.line('break;');
    });
    text.line('}');
  });
  if (otherwise) text.nest('default: {', () => printBlock(otherwise, scope.inSwitch(), text), '}');
  text.line('}');
}

function printTry({ body, handler, finalizer }: Try, scope: Scope, text: Text): void {
  text.line('try {');
  text.indented(() => printBlock(body, scope.inBlock(), text));
  if (handler || !finalizer) {
    text.line('} catch (error) {');
    text.indented(() => printBlock(handler ?? [], scope.inBlock(), text));
  }
  if (finalizer) text.nest('} finally {', () => printBlock(finalizer, scope.inBlock(), text), '}');
  else text.line('}');
}

function returned(statement: Extract<Statement, { kind: 'return' }>, scope: Scope): string {
  if (statement.what === 'work') return scope.isAsync ? ' await work()' : '';
  const variable = scope.variable(statement.pick);
  // What a callback returns, its caller may drop.
  if (statement.what === 'nothing' || !variable || scope.inFunction) return '';
  return statement.what === 'resource' ? ` ${variable.name}` : ` { ${variable.name} }`;
}
