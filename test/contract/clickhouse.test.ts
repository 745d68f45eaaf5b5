import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createClient } from '@clickhouse/client';
import { afterAll } from 'vitest';
import { clickhouse as record } from '../../packages/catalogue/src/drivers/clickhouse.ts';
import { contract, second } from './contract.ts';

const server = createServer((_, response) => response.end('{"data":[]}'));
await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
const { port } = server.address() as AddressInfo;
const make = () => createClient({ url: `http://127.0.0.1:${port}` });
const client = make();
const query = () => client.query({ query: 'SELECT 1', format: 'JSON' });
const result = await query();
const { stream } = await client.exec({ query: 'SELECT 1' });

afterAll(async () => {
  result.close();
  stream.destroy();
  await client.close();
  await new Promise((resolve) => server.close(resolve));
});

contract(record, {
  types: { ClickHouseClient: () => client, ResultSet: () => result, Readable: () => stream },
  twice: {
    'ClickHouseClient.close': async () => {
      const own = make();
      await own.close();
      return second(() => own.close());
    },
    'ResultSet.json': async () => {
      const own = await query();
      await own.json();
      return second(() => own.json());
    },
    'ResultSet.text': async () => {
      const own = await query();
      await own.text();
      return second(() => own.text());
    },
    'ResultSet.stream': async () => {
      const own = await client.query({ query: 'SELECT 1', format: 'JSONEachRow' });
      own.stream().destroy();
      return second(() => own.stream());
    },
    'ResultSet.close': async () => {
      const own = await query();
      own.close();
      return second(() => own.close());
    },
    'Readable.destroy': async () => {
      const own = await client.exec({ query: 'SELECT 1' });
      own.stream.destroy();
      return second(() => own.stream.destroy());
    },
  },
  arrivals: {
    'module.createClient return ClickHouseClient': () => Promise.resolve(client),
    'ClickHouseClient.query promise ResultSet': () => Promise.resolve(result),
    'ClickHouseClient.exec promise Readable': () => Promise.resolve(stream),
  },
});
