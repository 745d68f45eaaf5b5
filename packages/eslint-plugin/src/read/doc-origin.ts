import type { TSESTree } from '@typescript-eslint/utils';
import { shapesOfVariable } from './binding.ts';
import { instanceNamed } from './catalogued.ts';
import { docTypedef } from './jsdoc.ts';
import { membersOf } from './members.ts';
import type { Module } from './module.ts';
import { agreed, originOfShape, type Origin } from './origin.ts';
import { variableNamed } from './scope.ts';
import { shapesOfSpecifier } from './type-name.ts';

const importType = /^import\(\s*['"]([^'"]+)['"]\s*\)((?:\.[\w$]+)*)$/u;
const nameType = /^[\w$]+(?:\.[\w$]+)*$/u;
const promiseType = /^Promise\.?<([^<>]*(?:<[^<>]*>)?)>$/u;

const asked = new Set<string>();

/** What a value is whose type stands in a JSDoc comment; knows names, imports and promises. */
export function originOfDoc(text: string, at: TSESTree.Node, module: Module): Origin | undefined {
  // A value whose type is its own name is met again before it is known.
  const question = `${module.filename} ${at.range[0]} ${text}`;
  if (asked.has(question)) return undefined;
  asked.add(question);
  try {
    return read(text, at, module, 0);
  } finally {
    asked.delete(question);
  }
}

function read(text: string, at: TSESTree.Node, module: Module, depth: number): Origin | undefined {
  const type = text
    .split('|')
    .map((one) => one.trim().replace(/^[?!(]+|[)=]+$/gu, ''))
    .filter((one) => one !== 'null' && one !== 'undefined');
  const [only] = type;
  if (only === undefined || type.length > 1) return undefined;
  const inner = promiseType.exec(text.trim())?.[1];
  if (inner !== undefined && depth < 3) {
    const origin = read(inner, at, module, depth + 1);
    return origin?.kind === 'instance' ? { ...origin, kind: 'promise' } : origin;
  }
  const imported = importType.exec(text.includes('import(') ? text.trim().replace(/^[?!]/u, '') : only);
  if (imported !== null) {
    const [, specifier = '', path = ''] = imported;
    return named(shapesOfSpecifier(specifier, path.split('.').slice(1), at, module), module);
  }
  if (!nameType.test(only)) return undefined;
  const typedef = depth < 3 ? docTypedef(only, module) : undefined;
  if (typedef !== undefined) return read(typedef, at, module, depth + 1);
  const [first = '', ...rest] = only.split('.');
  const variable = variableNamed(first, at, module);
  if (variable === undefined) return rest.length === 1 ? named(shapesOfPackage(first, rest, at, module), module) : undefined;
  const shapes = rest.reduce(
    (found, key) => found.flatMap((shape) => membersOf(shape, key)),
    shapesOfVariable(variable, module),
  );
  return named(shapes, module);
}

/** `neo4j.Driver` where nothing is called `neo4j`: a type of the package of that name, or of the driver the catalogue calls so. */
function shapesOfPackage(name: string, path: readonly string[], at: TSESTree.Node, module: Module): readonly Parameters<typeof originOfShape>[0][] {
  const { drivers } = module.facts;
  const specifier = module.facts.ofModule(name).length > 0 ? name : drivers.find((driver) => driver.name === name)?.packages[0]?.module;
  return specifier === undefined ? [] : shapesOfSpecifier(specifier, path, at, module);
}

function named(shapes: readonly Parameters<typeof originOfShape>[0][], module: Module): Origin | undefined {
  return agreed(
    shapes.map((shape) => {
      const origin = originOfShape(shape.kind === 'class' ? { ...shape, kind: 'instance' } : shape, module);
      if (origin === undefined || origin.kind === 'foreign') return undefined;
      if (origin.kind === 'instance' || origin.kind === 'promise') return origin;
      return instanceNamed(origin, module.facts, 'annotation');
    }),
  );
}
