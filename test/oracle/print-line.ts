import type { ReleaseForm, Statement } from './program.ts';
import type { Scope, Variable } from './scope.ts';
import type { Text } from './text.ts';

type Line = Extract<
  Statement,
  { kind: 'declare' | 'alias' | 'clear' | 'query' | 'work' | 'release' | 'flag' | 'raise' | 'store' }
>;

/** A statement of one line, or nothing where it has nothing to speak of. */
export function lineOf(statement: Line, scope: Scope, text: Text): string | undefined {
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
    if (!cleared) return undefined;
    scope.empty(cleared);
    return `${cleared.name} = null;`;
  }
  const variable = scope.variable(statement.pick);
  if (!variable) return undefined;
  const { name } = variable;
  switch (statement.kind) {
    case 'alias': {
      const target = statement.assigns ? scope.assignable(0, variable.driver) : undefined;
      if (target === variable) return undefined;
      if (target) {
        const isFull = scope.isFull(variable);
        scope.fill(target);
        if (!isFull) scope.empty(target);
        return `${target.name} = ${name};`;
      }
      const alias = text.name('c');
      scope.declare({ name: alias, driver: variable.driver, mutable: false, optional: !scope.isFull(variable) });
      return `const ${alias} = ${name};`;
    }
    case 'query':
      return query(statement.how, name, scope.isFull(variable), scope);
    case 'release':
      return release(variable, scope.isFull(variable) ? statement.how : checkedForm(statement.how));
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

function query(how: Extract<Statement, { kind: 'query' }>['how'], name: string, full: boolean, scope: Scope): string {
  const dot = full && how !== 'optional' ? '.' : '?.';
  if (how === 'sync') return `${name}${dot}escapeLiteral('x');`;
  return `${how === 'plain' || !scope.isAsync ? '' : 'await '}${name}${dot}query('q');`;
}

/** A form that accepts that there is nothing to release. */
function checkedForm(how: ReleaseForm): ReleaseForm {
  if (how === 'owner') return 'if';
  return how === 'release' || how === 'destroy' || how === 'done' ? 'optional' : how;
}

function release(variable: Variable, how: ReleaseForm): string {
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
