import { printCallback, printCallbackQuery, printChain, printChainedQuery } from './print-async.ts';
import type { Acquire, Block, Program, Statement, Test, Try } from './program.ts';
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
      text.indented(() => printBlock(then, scope.inBlock(), text));
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
      const line = simple(statement, scope, text);
      if (line !== undefined) text.line(line);
      return false;
    }
  }
}

type Simple = Extract<
  Statement,
  { kind: 'declare' | 'alias' | 'clear' | 'query' | 'work' | 'release' | 'flag' | 'raise' | 'store' }
>;

/** A statement of one line, or nothing where it has nothing to speak of. */
function simple(statement: Simple, scope: Scope, text: Text): string | undefined {
  if (statement.kind === 'declare') {
    const name = text.name('c');
    scope.declare({ name, driver: statement.driver, mutable: true });
    return `let ${name};`;
  }
  if (statement.kind === 'flag') {
    const name = text.name('f');
    scope.declareFlag(name);
    return `let ${name} = false;`;
  }
  if (statement.kind === 'raise') {
    const flag = scope.flag(statement.pick);
    return flag && `${flag} = ${statement.value};`;
  }
  if (statement.kind === 'work') {
    return statement.how === 'await' && scope.isAsync ? 'await work();' : "log('x');";
  }
  if (statement.kind === 'clear') {
    const cleared = scope.assignable(statement.pick, undefined);
    return cleared && `${cleared.name} = null;`;
  }
  const variable = scope.variable(statement.pick);
  if (!variable) return undefined;
  const { name } = variable;
  switch (statement.kind) {
    case 'alias': {
      const target = statement.assigns ? scope.assignable(0, variable.driver) : undefined;
      if (target) return target === variable ? undefined : `${target.name} = ${name};`;
      const alias = text.name('c');
      scope.declare({ name: alias, driver: variable.driver, mutable: false });
      return `const ${alias} = ${name};`;
    }
    case 'query':
      if (statement.how === 'sync') return `${name}.escapeLiteral('x');`;
      if (statement.how === 'plain' || !scope.isAsync) return `${name}.query('q');`;
      return `await ${name}${statement.how === 'optional' ? '?' : ''}.query('q');`;
    case 'release':
      return release(variable, statement.how);
    case 'store': {
      const forms = {
        property: `env.kept = ${name};`,
        push: `kept.push(${name});`,
        set: `kept.set('k', ${name});`,
      };
      return forms[statement.how];
    }
  }
}

function release(variable: Variable, how: Extract<Statement, { kind: 'release' }>['how']): string {
  const { name, driver, done } = variable;
  switch (how) {
    case 'release':
      return `${name}.release();`;
    case 'optional':
      return `${name}?.release();`;
    case 'if':
      return `if (${name}) ${name}.release();`;
    case 'notNull':
      return `if (${name} != null) { ${name}.release(); }`;
    case 'and':
      return `${name} && ${name}.release();`;
    case 'destroy':
      return driver === 'pg' ? `${name}.release(true);` : `${name}.destroy();`;
    case 'owner':
      return driver === 'pg' ? `${name}.release();` : `mpool.releaseConnection(${name});`;
    case 'done':
      return done === undefined ? `${name}.release();` : `${done}();`;
  }
}

function printAcquire({ driver, into, pick }: Acquire, scope: Scope, text: Text): void {
  if (!scope.isAsync) return;
  const call = `await ${acquireCall(driver)}`;
  if (into === 'nothing') return text.line(`${call};`);
  const target = into === 'existing' || into === 'missing' ? scope.assignable(pick, driver) : undefined;
  if (target) return text.line(`${target.name} ${into === 'missing' ? '??=' : '='} ${call};`);
  const name = text.name('c');
  const value = into === 'maybe' ? `${text.member()} ? ${call} : undefined` : call;
  text.line(`${into === 'let' ? 'let' : 'const'} ${name} = ${value};`);
  scope.declare({ name, driver, mutable: into === 'let' });
}

/** The text of a condition; opaque where what it asks about is not in scope. */
function test(condition: Test, scope: Scope, text: Text): string {
  if (condition.on === 'parameter' && !scope.inLoop) return text.parameter();
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
