/**
 * Express and pg. Every request is a scope: what it has not given back when its response is closed is
 * reported, with its route and the line.
 */
import { stats } from '@lifeguard/guard';
import { scopeExpress } from '@lifeguard/guard/middleware';
import express from 'express';
import type { AddressInfo } from 'node:net';
import { pool } from './database.ts';
import { findOrder, placeOrder } from './orders.ts';

const app = express();
app.use(scopeExpress()); // before whatever acquires connections
app.use(express.json());

app.get('/orders/:id', async (request, response) => {
  const order = await findOrder(Number(request.params.id));
  if (order === undefined) response.status(404).json({ error: 'There is no such order.' });
  else response.json(order);
});

app.post('/orders', async (request, response) => {
  const { product, quantity }: { product?: unknown; quantity?: unknown } = request.body ?? {};
  if (typeof product !== 'string' || typeof quantity !== 'number') {
    response.status(400).json({ error: 'An order has a product and a quantity.' });
    return;
  }
  const order = await placeOrder(product, quantity);
  if (order === undefined) response.status(409).json({ error: 'There is not enough of it.' });
  else response.status(201).json(order);
});

app.get('/health', (_request, response) => {
  const { active, waiting, leaks } = stats(pool);
  response.json({ active, waiting, leaks });
});

const server = app.listen(Number(process.env['PORT'] ?? 3000), () => {
  const { port } = server.address() as AddressInfo;
  console.log(`listening on ${port}`);
});

process.once('SIGTERM', () => {
  server.close(() => void pool.end());
});
