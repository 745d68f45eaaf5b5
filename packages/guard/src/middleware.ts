import { EventEmitter } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { endScope, Scope, within } from './lease/scope.ts';
import { pathOf } from './scope.ts';

/** What is read of a request. */
type Request = Pick<IncomingMessage, 'method' | 'url'>;
/** What tells that a response is over. */
type Response = Pick<ServerResponse, 'once'>;

/** A scope that ends when the response is closed, whether it was sent or not. */
function scopeOf({ method, url }: Request, response: Response, route?: string): Scope {
  const made = new Scope(`${method ?? 'GET'} ${route ?? pathOf(url ?? '/')}`);
  response.once('close', () => endScope(made));
  return made;
}

/**
 * Express: makes every request a scope. `app.use(scopeExpress())`, before what acquires connections.
 *
 * It does for Connect and for a plain `node:http` handler too.
 */
export function scopeExpress(): (request: Request & { readonly originalUrl?: string }, response: Response, next: () => void) => void {
  return (request, response, next) => {
    const { method, originalUrl: url = request.url } = request;
    within(scopeOf({ method, url }, response), next);
  };
}

/** What a hook of Fastify gets. */
interface FastifyRequest {
  readonly raw: Request;
  readonly routeOptions: { readonly url?: string | undefined };
}
interface FastifyReply {
  readonly raw: Response;
}
interface FastifyInstance {
  addHook(name: 'onRequest' | 'preValidation', hook: (request: FastifyRequest, reply: FastifyReply, done: () => void) => void): unknown;
}

/**
 * Fastify: a plugin that makes every request a scope, named after its route.
 * `app.register(scopeFastify)`, before what acquires connections; it holds for the whole application.
 */
export const scopeFastify: (app: FastifyInstance, options: object, done: () => void) => void = Object.assign(
  (app: FastifyInstance, _options: object, done: () => void) => {
    const scopes = new WeakMap<object, Scope>();
    app.addHook('onRequest', (request, reply, next) => {
      const made = scopeOf(request.raw, reply.raw, request.routeOptions.url);
      scopes.set(request, made);
      within(made, next);
    });
    // What reads the body goes on in the context of the socket.
    app.addHook('preValidation', (request, _reply, next) => {
      const made = scopes.get(request);
      if (made === undefined) next();
      else within(made, next);
    });
    done();
  },
  // The hooks of a plugin are its own otherwise: https://fastify.dev/docs/latest/Reference/Plugins/
  { [Symbol.for('skip-override')]: true, [Symbol.for('fastify.display-name')]: '@lifeguard/guard' },
);

/** What a middleware of Koa gets. */
interface KoaContext {
  readonly req: Request;
  readonly res: Response;
}

/** Koa: makes every request a scope. `app.use(scopeKoa())`, before what acquires connections. */
export function scopeKoa(): (context: KoaContext, next: () => Promise<unknown>) => Promise<unknown> {
  return ({ req, res }, next) => within(scopeOf(req, res), next);
}

/** What a middleware of Hono gets. */
interface HonoContext {
  readonly req: { readonly method: string; readonly path: string };
  readonly env: unknown;
}

/**
 * Hono: makes every request a scope. `app.use(scopeHono())`, before what acquires connections.
 *
 * On `@hono/node-server` the scope ends when the response is closed. Elsewhere nothing tells that: it
 * ends when the handlers have, so that what a streamed body still holds then is suspected.
 */
export function scopeHono(): (context: HonoContext, next: () => Promise<void>) => Promise<void> {
  return async ({ req: { method, path }, env }, next) => {
    const outgoing = typeof env === 'object' && env !== null && 'outgoing' in env ? env.outgoing : undefined;
    const made = new Scope(`${method} ${path}`);
    const end = (): void => endScope(made);
    if (outgoing instanceof EventEmitter) {
      outgoing.once('close', end);
      await within(made, next);
      return;
    }
    try {
      await within(made, next);
    } finally {
      end();
    }
  };
}
