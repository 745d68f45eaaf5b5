/**
 * Stands in for the platform that calls a handler: an HTTP server for `node platform.mjs <kind> <folder>`.
 * A real one of either kind weighs hundreds of megabytes.
 */
import { createServer } from 'node:http';
import { text } from 'node:stream/consumers';
import { pathToFileURL } from 'node:url';

const [, , kind = '', folder = ''] = process.argv;
/** @type {(path: string) => Promise<unknown>} */
const load = (path) => import(new URL(path, pathToFileURL(`${folder}/`)).href);
const { stats } = await import(import.meta.resolve('../../packages/guard/dist/index.js'));
const { pool } = /** @type {{ pool: import('pg').Pool }} */ (await load(kind === 'lambda' ? 'database.js' : 'lib/database.js'));
const handlers = await load(kind === 'lambda' ? 'handler.js' : 'app/api/orders/route.js');

/** @type {Record<string, (method: string, path: string, body: string) => Promise<{ status: number, body: string }>>} */
const calls = {
  /** An event as an HTTP API sends it; what the handler returns is the answer. */
  lambda: async (method, path, body) => {
    const { handler } = /** @type {{ handler: (event: object, context: object) => Promise<{ statusCode: number, body: string }> }} */ (handlers);
    const { statusCode, body: answer } = await handler({ version: '2.0', routeKey: `${method} ${path}`, rawPath: path, headers: {}, body }, { awsRequestId: '1' });
    return { status: statusCode, body: answer };
  },
  /** The function of the route that has the name of the method. */
  nextjs: async (method, path, body) => {
    const init = method === 'GET' ? { method } : { method, body, headers: { 'content-type': 'application/json' } };
    const { [method]: handle } = /** @type {Record<string, (request: Request) => Promise<Response>>} */ (handlers);
    if (handle === undefined) return { status: 405, body: '{}' };
    const response = await handle(new globalThis.Request(`http://localhost${path}`, init));
    return { status: response.status, body: await response.text() };
  },
};

const server = createServer((request, response) => {
  void answer(request).then(
    ({ status, body }) => response.writeHead(status, { 'content-type': 'application/json' }).end(body),
    (error) => response.writeHead(500).end(String(error)),
  );
});

/** @param {import('node:http').IncomingMessage} request */
async function answer(request) {
  const { method = '', url = '' } = request;
  if (url === '/health') {
    const { active, waiting, leaks } = stats(pool);
    return { status: 200, body: JSON.stringify({ active, waiting, leaks }) };
  }
  return calls[kind]?.(method, url, await text(request)) ?? { status: 404, body: '{}' };
}

server.listen(0, () => {
  const address = server.address();
  console.log(`listening on ${typeof address === 'object' ? address?.port : ''}`);
});
process.once('SIGTERM', () => {
  server.close();
  server.closeAllConnections();
  // Next.js exits by itself; a function of Lambda has nothing left that keeps it alive.
  if (kind === 'nextjs') void pool.end();
});
