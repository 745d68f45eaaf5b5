/**
 * Fastify and mysql2. The plugin makes every request a scope, named after its route; the guard writes
 * into Fastify's own log.
 */
import { stats } from '@lifeguard/guard';
import { logger } from '@lifeguard/guard/logger';
import { scopeFastify } from '@lifeguard/guard/middleware';
import fastify from 'fastify';
import { pool } from './database.ts';
import { findOrder, placeOrder } from './orders.ts';

const app = fastify({ logger: { level: 'warn' } });
logger(app.log);
await app.register(scopeFastify);
app.addHook('onClose', () => pool.end());

app.get<{ Params: { id: number } }>('/orders/:id', async ({ params }, reply) => {
  return (await findOrder(params.id)) ?? reply.code(404).send({ error: 'There is no such order.' });
});

const body = {
  type: 'object',
  required: ['product', 'quantity'],
  properties: { product: { type: 'string' }, quantity: { type: 'integer', minimum: 1 } },
} as const;

app.post<{ Body: { product: string; quantity: number } }>('/orders', { schema: { body } }, async (request, reply) => {
  const { product, quantity } = request.body;
  const id = await placeOrder(product, quantity);
  if (id === undefined) return reply.code(409).send({ error: 'There is not enough of it.' });
  return reply.code(201).send({ id, product, quantity });
});

app.get('/health', () => {
  const { active, waiting, leaks } = stats(pool);
  return { active, waiting, leaks };
});

process.once('SIGTERM', () => void app.close());
const address = await app.listen({ port: Number(process.env['PORT'] ?? 3000) });
console.log(`listening on ${new URL(address).port}`);
