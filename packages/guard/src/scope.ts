import { EventEmitter } from 'node:events';
import types from 'node:util/types';
import type { Server } from 'node:http';
import type { Http2SecureServer, Http2Server } from 'node:http2';
import { isMethod, type Method } from './adapt/patch.ts';
import { currentScope, endScope, Scope, within } from './lease/scope.ts';

/** What `scope(label, options, run)` takes. */
export interface ScopeOptions {
  /** Aborts every wait for a connection inside. */
  readonly signal?: AbortSignal;
}

/**
 * Runs a piece of work that gives back every connection it acquires before it ends: before the
 * function returns, or before its promise settles.
 *
 * @param label - Names it in reports: a route, a job.
 */
export function scope<T>(label: string, run: () => T): T;
export function scope<T>(label: string, options: ScopeOptions, run: () => T): T;
export function scope<T>(label: string, given: ScopeOptions | (() => T), last?: () => T): T {
  const run = typeof given === 'function' ? given : last;
  if (run === undefined) throw new TypeError('scope needs a function to run.');
  const made = new Scope(label, signalWithin(typeof given === 'function' ? undefined : given.signal));
  const end = (): void => endScope(made);
  let result: T;
  try {
    result = within(made, run);
  } catch (error) {
    end();
    throw error;
  }
  if (types.isPromise(result)) result.then(end, end);
  else end();
  return result;
}

/** A scope inside another ends its waits with it. */
function signalWithin(own: AbortSignal | undefined): AbortSignal | undefined {
  const outer = currentScope()?.signal;
  return own === undefined || outer === undefined ? (own ?? outer) : AbortSignal.any([outer, own]);
}

/**
 * Makes every request of an HTTP server a scope, which ends when the response is closed. A server of
 * HTTP/2 is one too, by its events `request`.
 *
 * @returns Puts the server back as it was.
 */
export function scopeHttp(server: Server | Http2Server | Http2SecureServer): () => void {
  const before = Object.getOwnPropertyDescriptor(server, 'emit');
  const emit: unknown = Reflect.get(server, 'emit');
  if (!isMethod(emit)) return () => undefined;
  const ours: Method = function (...args) {
    const [event, request, response] = args;
    if (event !== 'request' || !isRequest(request) || !(response instanceof EventEmitter)) return Reflect.apply(emit, this, args);
    const made = new Scope(`${request.method} ${pathOf(request.url)}`);
    response.once('close', () => endScope(made));
    return within(made, () => Reflect.apply(emit, this, args));
  };
  Object.defineProperty(server, 'emit', { value: ours, configurable: true, writable: true, enumerable: false });
  return () => {
    if (Reflect.get(server, 'emit') !== ours) return;
    Reflect.deleteProperty(server, 'emit');
    if (before !== undefined) Object.defineProperty(server, 'emit', before);
  };
}

/** Of HTTP/1 or HTTP/2, which share no class. */
function isRequest(value: unknown): value is { readonly method: string; readonly url: string } {
  return value instanceof EventEmitter && typeof Reflect.get(value, 'method') === 'string' && typeof Reflect.get(value, 'url') === 'string';
}

/** The path alone: what stands behind `?` may be secret. */
export function pathOf(url: string): string {
  return url.replace(/[?#].*$/su, '');
}
