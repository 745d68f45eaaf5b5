import { createServer, type ServerResponse } from 'node:http';
import { promisify } from 'node:util';
import { exportOrders } from './exports.js';
import { findOrder, listOrders, placeOrder } from './orders.js';
import { refund } from './refunds.js';
import { ship } from './shipments.js';
import { reserve } from './stock.js';

type Route = (parameters: URLSearchParams) => Promise<unknown>;

const number = (parameters: URLSearchParams, name: string): number => Number(parameters.get(name));
const text = (parameters: URLSearchParams, name: string): string => parameters.get(name) ?? '';

const routes: Readonly<Record<string, Route>> = {
  'GET /order': (given) => findOrder(number(given, 'id')),
  'GET /orders': (given) => listOrders(number(given, 'customer')),
  'POST /orders': (given) => placeOrder(number(given, 'customer'), number(given, 'cents')),
  'GET /export': async (given) => {
    const lines = ['id,customer,cents'];
    await exportOrders(text(given, 'ids').split(',').map(Number), (line) => lines.push(line));
    return lines;
  },
  'POST /refunds': (given) => refund(number(given, 'order'), number(given, 'cents')),
  'POST /shipments': (given) => ship(number(given, 'order'), text(given, 'carrier')),
  'POST /reservations': (given) => promisify(reserve)(text(given, 'sku'), number(given, 'quantity')),
};

/** The service: what it is asked stands in the URL. */
export const server = createServer((request, response) => {
  const url = new URL(request.url ?? '/', 'http://localhost');
  const route = routes[`${request.method} ${url.pathname}`];
  if (route === undefined) return answer(response, 404, 'There is no such route.');
  route(url.searchParams).then(
    (result) => answer(response, result === undefined ? 404 : 200, result),
    (error) => answer(response, statusOf(error), String(error)),
  );
});

function answer(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify(body ?? null));
}

/** What the database refuses for its constraints is the caller's fault. */
function statusOf(error: unknown): number {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (code.startsWith('23')) return 422;
  console.error(error);
  return 500;
}
