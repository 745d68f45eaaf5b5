import { serve } from '@hono/node-server';
import express from 'express';
import fastify from 'fastify';
import { Hono } from 'hono';
import Koa from 'koa';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import { scopeHttp } from '../../../packages/guard/dist/index.js';
import { scopeExpress, scopeFastify, scopeHono, scopeKoa } from '../../../packages/guard/dist/middleware.js';

/** What a test does with a request; its answer is sent. */
export type Handle = (path: string, body: unknown) => Promise<string>;

export interface Framework {
  readonly name: string;
  /** What the scope of `/orders/7` is called. */
  readonly label: string;
  /** Starts an application that hands every request to the test, after its body was read. */
  readonly start: (handle: Handle) => Promise<Server>;
}

async function listening(server: Server): Promise<Server> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return server;
}

async function read(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return chunks.length === 0 ? undefined : JSON.parse(Buffer.concat(chunks).toString());
}

export const frameworks: readonly Framework[] = [
  {
    name: 'node:http',
    label: 'GET /orders/7',
    start(handle) {
      const server = createServer((request, response) => {
        void read(request).then(async (body) => response.end(await handle(request.url ?? '', body)));
      });
      scopeHttp(server);
      return listening(server);
    },
  },
  {
    name: 'express',
    label: 'GET /orders/7',
    start(handle) {
      const app = express();
      app.use(scopeExpress());
      app.use(express.json());
      const router = express.Router();
      router.use(async (request, response) => {
        response.send(await handle(request.originalUrl, request.body));
      });
      app.use('/orders', router);
      app.use(router);
      return listening(createServer(app));
    },
  },
  {
    name: 'fastify',
    label: 'GET /orders/:id',
    async start(handle) {
      const app = fastify({ forceCloseConnections: true });
      await app.register(scopeFastify);
      const answer = (request: { readonly url: string; readonly body: unknown }): Promise<string> => handle(request.url, request.body);
      app.get('/orders/:id', answer);
      app.all('/*', answer);
      await app.listen({ port: 0, host: '127.0.0.1' });
      return app.server;
    },
  },
  {
    name: 'koa',
    label: 'GET /orders/7',
    start(handle) {
      const app = new Koa();
      app.use(scopeKoa());
      app.use(async (context) => {
        context.body = await handle(context.url, await read(context.req));
      });
      return listening(createServer((request, response) => void app.callback()(request, response)));
    },
  },
  {
    name: 'hono',
    label: 'GET /orders/7',
    async start(handle) {
      const app = new Hono();
      app.use(scopeHono());
      app.all('*', async (context) => {
        const body: unknown = context.req.method === 'POST' ? await context.req.json() : undefined;
        return context.text(await handle(context.req.path, body));
      });
      const server = serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' }) as Server;
      if (!server.listening) await once(server, 'listening');
      return server;
    },
  },
];
