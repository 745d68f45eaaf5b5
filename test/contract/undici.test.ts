import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Client, connect, fetch as undiciFetch, request, type Dispatcher } from 'undici';
import { afterAll } from 'vitest';
import { undici as record } from '../../packages/catalogue/src/drivers/undici.ts';
import { contract, pathIn, second, type Outcome } from './contract.ts';

const server = createServer((_, response) => {
  response.setHeader('content-type', 'application/x-www-form-urlencoded');
  response.end('1');
});
server.on('connect', (_, socket) => socket.end('HTTP/1.1 200 OK\r\n\r\n'));
await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
const client = new Client(origin);
const { body } = await request(origin);
body.on('error', () => {});
const response = await fetch(origin);
const { socket } = await client.connect({ path: '/' });

afterAll(async () => {
  body.destroy();
  socket.destroy();
  await response.body?.cancel();
  await client.destroy();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

/** Calls a method twice; the first may fail in parsing, which consumes all the same. */
function twice(make: () => Promise<object>, path: string, ...values: (() => unknown)[]) {
  return async (): Promise<Outcome> => {
    const value = await make();
    const call = (): unknown => {
      const dot = path.lastIndexOf('.');
      const receiver = dot === -1 ? value : pathIn(value, path.slice(0, dot));
      const method = pathIn(value, path);
      if (typeof method !== 'function') throw new Error(`no ${path}`);
      const result: unknown = Reflect.apply(method, receiver, values.map((make) => make()));
      return result;
    };
    const first = call();
    if (first instanceof Promise) await first.catch(() => {});
    return second(call);
  };
}

const bodyOf = async (): Promise<Dispatcher.ResponseData['body']> => {
  const answer = await request(origin);
  // Destroyed before it is read, a body emits an error.
  answer.body.on('error', () => {});
  return answer.body;
};
const responseOf = (): Promise<object> => fetch(origin);

contract(record, {
  types: {
    Dispatcher: () => client,
    BodyReadable: () => body,
    Response: () => response,
    Duplex: () => socket,
  },
  twice: {
    'Dispatcher.close': async () => {
      const own = new Client(origin);
      await own.close();
      return second(() => own.close());
    },
    'Dispatcher.destroy': async () => {
      const own = new Client(origin);
      await own.destroy();
      return second(() => own.destroy());
    },
    'BodyReadable.text': twice(bodyOf, 'text'),
    'BodyReadable.json': twice(bodyOf, 'json'),
    'BodyReadable.blob': twice(bodyOf, 'blob'),
    'BodyReadable.bytes': twice(bodyOf, 'bytes'),
    'BodyReadable.arrayBuffer': twice(bodyOf, 'arrayBuffer'),
    'BodyReadable.dump': twice(bodyOf, 'dump'),
    'BodyReadable.destroy': twice(bodyOf, 'destroy'),
    'Response.text': twice(responseOf, 'text'),
    'Response.json': twice(responseOf, 'json'),
    'Response.blob': twice(responseOf, 'blob'),
    'Response.bytes': twice(() => undiciFetch(origin), 'bytes'),
    'Response.arrayBuffer': twice(responseOf, 'arrayBuffer'),
    'Response.formData': twice(responseOf, 'formData'),
    'Response.body.cancel': twice(responseOf, 'body.cancel'),
    'Response.body.pipeTo': twice(responseOf, 'body.pipeTo', () => new WritableStream()),
    'Response.body.pipeThrough': twice(responseOf, 'body.pipeThrough', () => new TransformStream()),
    'Response.body.getReader': twice(responseOf, 'body.getReader'),
    'Duplex.end': async () => {
      const own = await client.connect({ path: '/' });
      own.socket.end();
      return second(() => own.socket.end());
    },
    'Duplex.destroy': async () => {
      const own = await client.connect({ path: '/' });
      own.socket.destroy();
      return second(() => own.socket.destroy());
    },
  },
  arrivals: {
    'Dispatcher.request promise BodyReadable': async () => {
      const answer = await client.request({ path: '/', method: 'GET' });
      await answer.body.dump();
      return answer.body;
    },
    'module.connect promise Duplex': async () => {
      const answer = await connect(origin);
      answer.socket.destroy();
      return answer.socket;
    },
    'module.request promise BodyReadable': () => Promise.resolve(body),
    'module.fetch promise Response': () => Promise.resolve(response),
    'Dispatcher.connect promise Duplex': () => Promise.resolve(socket),
    'Dispatcher.new return Dispatcher': () => Promise.resolve(client),
  },
});

