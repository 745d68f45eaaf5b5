import type { TSESTree } from '@typescript-eslint/utils';
import { assignedTo } from './assigned.ts';
import { memberName } from './member.ts';
import { membersOf } from './members.ts';
import type { Module } from './module.ts';
import { globalReferences } from './scope.ts';
import { itself, shapesOf, type Shape } from './shape.ts';
import { isNothing } from './syntax.ts';

/** What a file exports by ECMAScript syntax. */
interface Exports {
  readonly named: ReadonlyMap<string, () => readonly Shape[]>;
  /** Files and packages of which it passes on everything. */
  readonly stars: readonly string[];
}

const exportsOf = new WeakMap<Module, Exports>();

/** The definitions behind an export of a file; `default` is also what CommonJS assigns. */
export function shapesOfExport(module: Module, name: string): readonly Shape[] {
  const { named, stars } = exportsOf.get(module) ?? collect(module);
  const own = named.get(name)?.();
  if (own !== undefined) return own;
  const assigned = globalReferences('exports', module).flatMap(({ identifier }) =>
    valueShapes(assignedTo(identifier, name), module),
  );
  const whole = wholeExports(module);
  const members = globalReferences('module', module).flatMap(({ identifier }) => {
    const exported = identifier.parent;
    if (exported.type !== 'MemberExpression' || memberName(exported) !== 'exports') return [];
    return valueShapes(assignedTo(exported, name), module);
  });
  if (assigned.length + members.length > 0) return [...assigned, ...members];
  if (whole.length > 0) {
    return name === 'default' ? whole : whole.flatMap((shape) => membersOf(shape, name));
  }
  if (name === 'default') return [];
  return stars.flatMap((specifier) => passedOn(specifier, name, module));
}

/** All exports of a file, and what CommonJS puts in their place. */
export function shapesOfExports(module: Module): readonly Shape[] {
  const whole = wholeExports(module);
  return whole.length > 0 ? whole : [{ kind: 'namespace', node: module.ast, module, path: [] }];
}

/** What is assigned to `module.exports`, or follows `export =`. */
function wholeExports(module: Module): readonly Shape[] {
  const assigned = globalReferences('module', module).flatMap(({ identifier }) =>
    valueShapes(assignedTo(identifier, 'exports'), module),
  );
  const equals = module.ast.body.flatMap((statement) =>
    statement.type === 'TSExportAssignment' ? shapesOf(statement.expression, module) : [],
  );
  return [...assigned, ...equals].filter((shape) => shape.kind !== 'namespace' || shape.module !== module);
}

function valueShapes(value: TSESTree.Expression | undefined, module: Module): readonly Shape[] {
  return value === undefined || isNothing(value) ? [] : shapesOf(value, module);
}

function passedOn(specifier: string, name: string, module: Module): readonly Shape[] {
  if (!module.isOwn(specifier)) {
    if (module.facts.ofModule(specifier).length === 0) return [];
    return [{ kind: 'import', node: module.ast, module, specifier, name, path: [] }];
  }
  const next = module.followBarrel(specifier);
  if (next === undefined) return [];
  return name === '*' ? shapesOfExports(next) : shapesOfExport(next, name);
}

function collect(module: Module): Exports {
  const named = new Map<string, () => readonly Shape[]>();
  const stars: string[] = [];
  for (const statement of module.ast.body) {
    switch (statement.type) {
      case 'ExportAllDeclaration':
        if (statement.exported === null) stars.push(statement.source.value);
        else named.set(exportedName(statement.exported), () => passedOn(statement.source.value, '*', module));
        break;
      case 'ExportDefaultDeclaration': {
        const { declaration } = statement;
        named.set('default', () =>
          declaration.type === 'TSInterfaceDeclaration'
            ? [{ kind: 'type', node: declaration, module, path: [] }]
            : declaration.type === 'FunctionDeclaration' || declaration.type === 'ClassDeclaration'
              ? [itself(declaration, module)]
              : shapesOf(declaration, module),
        );
        break;
      }
      case 'ExportNamedDeclaration':
        collectNamed(statement, module, named);
        break;
      default:
    }
  }
  const found = { named, stars };
  exportsOf.set(module, found);
  return found;
}

function collectNamed(
  statement: TSESTree.ExportNamedDeclaration,
  module: Module,
  named: Map<string, () => readonly Shape[]>,
): void {
  const { declaration, source } = statement;
  for (const { local, exported } of statement.specifiers) {
    const name = exportedName(local);
    named.set(exportedName(exported), () => {
      if (source !== null) return passedOn(source.value, name, module);
      return local.type === 'Identifier' ? passedOnByName(local, module) : [];
    });
  }
  if (declaration === null) return;
  for (const variable of module.scopeManager.getDeclaredVariables(declaration)) {
    const [name] = variable.identifiers;
    // A function declares its parameters too.
    if (name !== undefined && variable.defs[0]?.type !== 'Parameter') named.set(variable.name, () => shapesOf(name, module));
  }
}

/** `import { pool } from './pool'; export { pool }` passes on as `export … from` does. */
function passedOnByName(local: TSESTree.Identifier, module: Module): readonly Shape[] {
  for (const statement of module.ast.body) {
    if (statement.type !== 'ImportDeclaration') continue;
    const specifier = statement.specifiers.find((one) => one.local.name === local.name);
    if (specifier === undefined || !module.isOwn(statement.source.value)) continue;
    if (specifier.type === 'ImportNamespaceSpecifier') return passedOn(statement.source.value, '*', module);
    const name = specifier.type === 'ImportSpecifier' ? exportedName(specifier.imported) : 'default';
    return passedOn(statement.source.value, name, module);
  }
  return shapesOf(local, module);
}

function exportedName(node: TSESTree.Identifier | TSESTree.StringLiteral): string {
  return node.type === 'Identifier' ? node.name : node.value;
}
