import type { ParserServicesWithTypeInformation } from '@typescript-eslint/utils';
import type { RuleContext, SourceCode } from '@typescript-eslint/utils/ts-eslint';
import { createModule } from './follow.ts';
import type { Module } from './module.ts';
import { javaScriptParserOf } from './parse.ts';
import { readSettings, type Settings } from './settings.ts';

interface Modules {
  readonly settings: Settings;
  plain?: Module;
  typed?: Module;
}

const modulesOf = new WeakMap<Readonly<SourceCode>, Modules>();

/** What `settings.lifeguard` says where a rule runs. */
export function settingsOf(context: Readonly<RuleContext<string, readonly unknown[]>>): Settings {
  return readSettings(context.settings['lifeguard']);
}

/**
 * The module that a rule looks at; all rules share one per file.
 *
 * A rule with the option `typeInformation: true` gets one that may ask the checker.
 */
export function moduleOf(context: Readonly<RuleContext<string, readonly unknown[]>>): Module {
  const { sourceCode } = context;
  const settings = settingsOf(context);
  let modules = modulesOf.get(sourceCode);
  if (modules?.settings !== settings) {
    modules = { settings };
    modulesOf.set(sourceCode, modules);
  }
  const services = wantsTypes(context.options[0]) ? servicesOf(context) : undefined;
  const make = (): Module => {
    const { ast, scopeManager, text } = sourceCode;
    const parser = javaScriptParserOf(context.languageOptions.parser);
    if (scopeManager === null) throw new Error('The parser gave no scopes.');
    return createModule({ ast, scopeManager, text, services, parser }, context.physicalFilename, settings);
  };
  return services === undefined ? (modules.plain ??= make()) : (modules.typed ??= make());
}

function wantsTypes(options: unknown): boolean {
  return (
    typeof options === 'object' &&
    options !== null &&
    'typeInformation' in options &&
    options.typeInformation === true
  );
}

/** The checker's services; where the host has none to offer at all, we do without. */
function servicesOf(
  context: Readonly<RuleContext<string, readonly unknown[]>>,
): ParserServicesWithTypeInformation | undefined {
  const { parserServices } = context.sourceCode;
  if (hasChecker(parserServices)) return parserServices;
  // oxlint gives plugins no parser services and freezes the empty object.
  if (Object.isFrozen(parserServices)) return undefined;
  throw new Error(
    'With `typeInformation: true`, set `parserOptions.projectService` of @typescript-eslint/parser.',
  );
}

/** Does the parser give a program and both maps? Not each parser that wraps another passes them on. */
function hasChecker(services: SourceCode['parserServices']): services is ParserServicesWithTypeInformation {
  const parts = ['program', 'esTreeNodeToTSNodeMap', 'tsNodeToESTreeNodeMap'];
  const given: ReadonlyMap<string, unknown> = new Map(Object.entries(services ?? {}));
  return parts.every((part) => (given.get(part) ?? undefined) !== undefined);
}
