import { AsyncLocalStorage } from 'node:async_hooks';
import { mask } from './mask.ts';
import { shared } from './shared.ts';
import { WeakMembers } from './weak-members.ts';

/** A piece of work that acquires connections and must give them back before it ends. */
export class Scope {
  static #last = 0;

  readonly id = (Scope.#last += 1);
  /** Names it in reports, with credentials masked. */
  readonly label: string;
  /** Aborts the waits inside. */
  readonly signal: AbortSignal | undefined;
  hasEnded = false;
  /** How many leases were acquired in it and are still open. */
  open = 0;
  /** How many of its acquires have no connection yet. */
  waiting = 0;

  constructor(label: string, signal?: AbortSignal) {
    this.label = mask(label);
    this.signal = signal;
  }
}

const current = shared('scope', () => new AsyncLocalStorage<Scope>());

/** The scope of the running code, if it has one. */
export function currentScope(): Scope | undefined {
  return current.getStore();
}

/** Runs a function inside a scope. */
export function within<T>(scope: Scope, run: () => T): T {
  return current.run(scope, run);
}

/** Puts the running code, and all that follows from it, inside a scope. */
export function enterScope(scope: Scope): void {
  current.enterWith(scope);
}

const endings = shared('scope-endings', () => new WeakMembers<(scope: Scope) => void>());

/** Ends a scope and tells whoever watches the ends of scopes that hold or wait for something. */
export function endScope(scope: Scope): void {
  if (scope.hasEnded) return;
  scope.hasEnded = true;
  // Most have given everything back: then nobody need hear of it, however many pools there are.
  if (scope.open + scope.waiting === 0) return;
  for (const told of endings) told(scope);
}

/** Calls at the end of every scope, until the returned function is called, or forgotten. */
export function onScopeEnd(told: (scope: Scope) => void): () => void {
  endings.add(told);
  return () => endings.delete(told);
}
