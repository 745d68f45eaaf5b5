import type { TSESTree } from '@typescript-eslint/utils';
import type { Symbol as TypeSymbol, Type, TypeChecker, TypeReference } from 'typescript';
import { instanceNamed } from './catalogued.ts';
import type { Module } from './module.ts';
import type { Origin } from './origin.ts';

/** What the checker says a value is; only with `typeInformation: true`. */
export function originByTypes(node: TSESTree.Node, module: Module): Origin | undefined {
  const { services } = module;
  if (services === undefined || !services.esTreeNodeToTSNodeMap.has(node)) return undefined;
  const checker = services.program.getTypeChecker();
  return originOfChecked(services.getTypeAtLocation(node), checker, module, 0);
}

function originOfChecked(
  type: Type,
  checker: TypeChecker,
  module: Module,
  depth: number,
): Origin | undefined {
  const plain = checker.getNonNullableType(type);
  const symbol = plain.getSymbol();
  if (depth > 4) return undefined;
  if (symbol?.name === 'Promise' && isReference(plain)) {
    const [value] = checker.getTypeArguments(plain);
    const origin = value === undefined ? undefined : originOfChecked(value, checker, module, depth + 1);
    return origin?.kind === 'instance' ? { ...origin, kind: 'promise' } : undefined;
  }
  for (const name of [plain.aliasSymbol, symbol]) {
    const own = name === undefined ? undefined : originOfSymbol(name, module);
    if (own !== undefined) return own;
  }
  if (!plain.isClassOrInterface()) return undefined;
  for (const base of checker.getBaseTypes(plain)) {
    const inherited = originOfChecked(base, checker, module, depth + 1);
    if (inherited !== undefined) return inherited;
  }
  return undefined;
}

function isReference(type: Type): type is TypeReference {
  return 'target' in type;
}

/** A type that a catalogued package declares, by its name and the folder of the declaration. */
function originOfSymbol(symbol: TypeSymbol, { facts }: Module): Origin | undefined {
  for (const declaration of symbol.declarations ?? []) {
    const path = declaration.getSourceFile().fileName;
    for (const driver of facts.drivers) {
      const modules = driver.packages.map((one) => one.module).filter((one) => declares(path, one));
      // `mysql2/promise` before `mysql2`: the longest specifier is the most exact.
      for (const module of modules.toSorted((a, b) => b.length - a.length)) {
        const named = instanceNamed(
          { kind: 'export', driver, module, export: symbol.name },
          facts,
          'import',
        );
        if (named?.kind === 'instance') return { ...named, proof: 'types' };
      }
    }
  }
  return undefined;
}

function declares(path: string, specifier: string): boolean {
  const typed = specifier.startsWith('@') ? specifier.slice(1).replace('/', '__') : specifier;
  return [specifier, `@types/${typed}`].some((name) => {
    const [first = '', second = '', ...rest] = name.split('/');
    const scoped = first.startsWith('@');
    const folder = scoped ? `${first}/${second}` : first;
    const subpath = scoped ? rest.join('/') : [second, ...rest].filter((part) => part !== '').join('/');
    const at = path.lastIndexOf(`/node_modules/${folder}/`);
    return at >= 0 && path.slice(at).includes(subpath);
  });
}
