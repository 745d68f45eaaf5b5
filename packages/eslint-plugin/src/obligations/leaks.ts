import type { TSESTree } from '@typescript-eslint/utils';
import { memberName, methodOf } from '../read/member.ts';
import type { Module } from '../read/module.ts';
import { emitterMethods } from '../read/protocol.ts';
import type { Site } from '../read/sites.ts';
import { variableNamed } from '../read/scope.ts';
import { bare } from '../read/syntax.ts';
import { Analysis, type AnalysisOptions, type Result } from './analysis.ts';
import { conditionKey, leavesOf } from './conditions.ts';
import { isFieldReleased } from './fields.ts';
import type { Run } from './run.ts';
import { isForgottenClient } from './forgotten-client.ts';
import { endings, isReleaseName, isVariable } from './mention.ts';
import { isRunByModule, isScript } from './script.ts';
import type { Leak } from './solve.ts';
import { Wrappers } from './wrappers.ts';

/** What is wrong with an acquire: the facts of a finding, without words. */
export type Verdict =
  | { readonly kind: 'never'; readonly discarded: boolean }
  | { readonly kind: 'field'; readonly field: string }
  | { readonly kind: 'path'; readonly leak: Leak; readonly overwritten: boolean }
  | { readonly kind: 'end-only'; readonly line: number };

/** The walks of a file and what they say. */
export interface FileAnalysis {
  readonly module: Module;
  readonly analysis: Analysis;
  readonly results: readonly Result[];
}

const analyses = new WeakMap<Module, Map<string, FileAnalysis>>();

const wrappersOf = new WeakMap<Analysis, Wrappers>();

/** Analyses a file once for each set of options. */
export function analyse(module: Module, options: AnalysisOptions): FileAnalysis {
  let known = analyses.get(module);
  if (known === undefined) analyses.set(module, (known = new Map<string, FileAnalysis>()));
  const key = `${options.exceptionalPaths} ${options.neverReturns.join()}`;
  const found = known.get(key);
  if (found !== undefined) return found;
  const analysis = new Analysis(options);
  const wrappers = new Wrappers(analysis);
  const sites = wrappers.sitesIn(module);
  wrappersOf.set(analysis, wrappers);
  const results = sites.map((site) => analysis.resultOf(site, module));
  ended.set(analysis, new Set(results.flatMap(({ site, run }) => (site.protocol.held !== undefined && run.found.releases.size > 0 ? [site.protocol.type] : []))));
  shown.set(analysis, new Set(results.flatMap((result) => (showsRelease(result) ? acquireText(result.site, module) : []))));
  const file: FileAnalysis = { module, analysis, results };
  known.set(key, file);
  return file;
}

/** What functions of a file acquire in so many words and give back: `pool.connect`. */
const shown = new WeakMap<Analysis, ReadonlySet<string>>();

/** The kinds of objects of the program that functions of a file make and end. */
const ended = new WeakMap<Analysis, ReadonlySet<string>>();

/**
 * Is an object that this function never ends one that is ended in its time?
 *
 * It may be meant to live as long as the process, as clients mostly are; not a transaction, and not
 * one that another function makes for itself and ends.
 */
function isEndedElsewhere({ site: { protocol }, run }: Result): boolean {
  if (protocol.role === 'client') return false;
  return protocol.role === 'transaction' || protocol.role === 'session' || ended.get(run.analysis)?.has(protocol.type) === true;
}

function showsRelease(result: Result): boolean {
  return result.site.proof === 'evidence' && [...result.run.found.releases].some((release) => isEvidence(release, result));
}

/** How the file writes an acquire of its own module scope or of its object; empty for another's. */
function acquireText({ call, owner }: Site, module: Module): readonly string[] {
  const method = methodOf(call);
  if (owner === undefined || method === undefined) return [];
  let root = bare(method.object);
  while (root.type === 'MemberExpression') root = bare(root.object);
  if (root.type === 'Identifier') {
    const scope = variableNamed(root.name, root, module)?.scope.type;
    if (scope !== 'module' && scope !== 'global') return [];
  } else if (root.type !== 'ThisExpression') return [];
  return [`${owner}.${method.name}`];
}

/** Was the resource recognised, and is it this function's to give back? */
export function isOwed(result: Result, module: Module): boolean {
  const { site, run } = result;
  const { releases, unknownUses } = run.found;
  // A field of a class: its methods give back what it holds.
  if (run.graph.root.type === 'PropertyDefinition' || run.graph.root.type === 'AccessorProperty') return false;
  // It was set to work for as long as the process lives: `channel.consume()`.
  if (releases.size === 0 && [...run.protocol.lasting].some((name) => run.found.operations.has(name))) return false;
  if (site.protocol.held !== undefined && (isRunByModule(run.graph.root, module) || (releases.size === 0 && !isEndedElsewhere(result)))) return false;
  const inferred = site.proof === 'evidence' || isLongLived(site);
  const lends = site.shape.kind === 'callback' && run.found.gives.length > 0;
  const isKnown = lends || isShown(result, module) || forgetsToCall(result);
  if (site.proof === 'evidence' && !isKnown && !showsRelease(result)) return false;
  if (inferred && releases.size === 0 && !isKnown && !isForgottenClient(result, module)) return false;
  if (releases.size === 0 && unknownUses.size > 0 && !endsTransaction(run) && !forgetsToCall(result)) return false;
  if (isLongLived(site) && isRunByModule(run.graph.root, module) && [...releases].every(isAtExit)) return false;
  return !isScript(run.graph.root, module);
}

/** Whoever commits and rolls back has the connection still, if those who were given it meanwhile worked in the transaction. */
function endsTransaction({ found }: Run): boolean {
  const { operations, unknownUses } = found;
  const begins = [...(operations.get('beginTransaction') ?? [])];
  const commits = [...(operations.get('commit') ?? [])];
  if (!operations.has('rollback')) return false;
  return [...unknownUses].every(
    (use) => !isKeptAs(use) && begins.some((one) => one.range[0] < use.range[0]) && commits.some((one) => one.range[0] > use.range[0]),
  );
}

/** `const scope = enter(client)`: it may be ended by what came of it. */
function isKeptAs({ parent }: TSESTree.Node): boolean {
  return parent?.type === 'VariableDeclarator' || parent?.type === 'AssignmentExpression';
}

/** Does another function of the file give back what is acquired in the same words? */
function isShown({ site, run }: Result, module: Module): boolean {
  if (site.proof !== 'evidence' || site.conditional) return false;
  // What is kept as part of something else may be given back as that.
  if (![...run.tokens.keys()].some((base) => 'references' in base)) return false;
  return acquireText(site, module).some((text) => shown.get(run.analysis)?.has(text) === true);
}

/** `connection.release;`: whoever wrote that meant to give it back. */
function forgetsToCall({ run }: Result): boolean {
  return [...run.tokens.keys()].some((base) => isVariable(base) && base.references.some(({ identifier }) => {
    const { parent } = identifier;
    if (parent.type !== 'MemberExpression' || parent.object !== identifier || !isReleaseName(run, memberName(parent) ?? '')) return false;
    return (parent.parent.type === 'ChainExpression' ? parent.parent.parent : parent.parent).type === 'ExpressionStatement';
  }));
}

/** Names that mean a pool where `acquire` alone may as well be a lock's. */
const poolName = /pool|factory|conn|client|db|cluster/iu;

/** Does a release match the acquire that only its name gives away? `close()` after `connect()` does not. */
function isEvidence(release: TSESTree.Node, { site, run }: Result): boolean {
  const { onResource, onOwner } = run.protocol;
  const method = methodOf(release);
  if (method === undefined) return true;
  if (methodOf(site.call)?.name === 'acquire') return poolName.test(site.owner ?? '');
  return !endings.has(method.name) || onResource.has(method.name) || onOwner.has(method.name);
}

/** Is a release that of a process which is told to end? */
function isAtExit(release: TSESTree.Node): boolean {
  for (let at: TSESTree.Node | null | undefined = release; at != null; at = at.parent) {
    const method = methodOf(at);
    if (method?.object.type === 'Identifier' && method.object.name === 'process' && emitterMethods.has(method.name)) return true;
  }
  return false;
}

/** What a function returns in the end, itself or as an object that gives it back, it did not give away to those it called before. */
function isReturnedAfterUse({ site, run, solution }: Result): boolean {
  const { gives, releases, fields } = run.found;
  if (isLongLived(site) || site.lazy || gives.length === 0) return false;
  if (releases.size > 0 || fields.size > 0 || solution.normal !== undefined) return false;
  if (site.proof === 'proof' && gives.every((give) => give.kind === 'return' && give.views.some(({ path }) => path === ''))) return true;
  return wrappersOf.get(run.analysis)?.objectGiven(run) !== undefined;
}

/** A client of its own may be meant to live as long as the process. */
function isLongLived(site: Site): boolean {
  return site.protocol.role === 'client' || site.protocol.role === 'pool';
}

/** What `require-release` has to say of an acquire. */
export function lossWithoutException(result: Result, module: Module): Verdict | undefined {
  const { site, run, solution } = result;
  if (!isOwed(result, module)) return undefined;
  for (const assignment of run.found.fields) {
    if (site.protocol.held === undefined && site.protocol.role !== 'client' && !isFieldReleased(run, assignment) && site.proof === 'proof') {
      return { kind: 'field', field: module.text.slice(...assignment.left.range) };
    }
  }
  const { normal } = solution;
  if (normal === undefined) return undefined;
  if (site.conditional && passesGuard(run, normal)) return undefined;
  const overwritten = run.found.overwrites.size > 0;
  if (run.found.releases.size === 0 && !overwritten) {
    const named = [...run.tokens.keys()].some((base) => 'references' in base);
    return { kind: 'never', discarded: !named };
  }
  return { kind: 'path', leak: normal, overwritten };
}

/** Does a path go by a condition that guards a release? */
function passesGuard(run: Run, leak: Leak): boolean {
  return leak.path.some(({ node }) => {
    if (node.kind !== 'test') return false;
    return leavesOf(run, node.ast).some((leaf) => run.keys.has(conditionKey(run, leaf) ?? ''));
  });
}

/** What `require-release-on-throw` has to say; nothing where `require-release` has spoken. */
export function lossOnException(result: Result, module: Module): Verdict | undefined {
  if (lossWithoutException(result, module) !== undefined) return undefined;
  if (!isOwed(result, module) && !isReturnedAfterUse(result)) return undefined;
  // A driver closes a cursor whose fetch failed.
  if (result.site.protocol.role === 'cursor') return undefined;
  const { thrown } = result.solution;
  if (thrown !== undefined && !(result.site.conditional && passesGuard(result.run, thrown))) return { kind: 'path', leak: thrown, overwritten: false };
  const [listener] = result.run.found.onEndOnly;
  return listener === undefined ? undefined : { kind: 'end-only', line: listener.loc.start.line };
}
