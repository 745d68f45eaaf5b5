import { once } from 'node:events';
import { type AddressInfo, createConnection, createServer, type Socket } from 'node:net';
import { setImmediate as turn, setTimeout as wait } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Proxy, startProxy } from './proxy.ts';

const accepted: Socket[] = [];
const clients: Socket[] = [];
const echo = createServer({ allowHalfOpen: true }, (socket) => {
  accepted.push(socket);
  socket.on('error', () => {});
  socket.pipe(socket);
});
let proxy: Proxy;

beforeEach(async () => {
  echo.listen(0, '127.0.0.1');
  await once(echo, 'listening');
  proxy = await startProxy({ host: '127.0.0.1', port: (echo.address() as AddressInfo).port });
});

afterEach(async () => {
  for (const socket of [...clients.splice(0), ...accepted.splice(0)]) socket.destroy();
  await proxy.stop();
  echo.close();
  await once(echo, 'close');
});

test('passes bytes both ways, and counts them', async () => {
  const client = await connect();
  expect(await said(client, 'hello')).toBe('hello');
  expect(proxy.links).toMatchObject([{ id: 1, clientPort: client.localPort, mode: 'pass', toServer: 5, toClient: 5, open: true }]);
});

test('passes an end on, and counts what is open', async () => {
  const [first, second] = [await connect(), await connect()];
  await proxy.untilOpen(2);
  first.end();
  await once(first, 'end');
  await proxy.untilOpen(1);
  expect(proxy.links.map((link) => link.open)).toEqual([false, true]);
  second.destroy();
  await proxy.untilOpen(0);
  expect(proxy.open).toBe(0);
});

test('passes a reset on', async () => {
  const client = await connect();
  await said(client, 'hello');
  accepted[0]?.resetAndDestroy();
  await expect(once(client, 'close')).rejects.toMatchObject({ code: 'ECONNRESET' });
});

test('forwards nothing while it stalls, and what has waited thereafter', async () => {
  const client = await connect();
  await said(client, 'hello');
  proxy.set('stall');
  const answer = said(client, 'later');
  const late = await connect();
  const second = said(late, 'latest');
  expect(await Promise.race([answer, second, wait(100, 'nothing')])).toBe('nothing');
  expect(proxy.links).toMatchObject([{ mode: 'stall', toServer: 5 }, { mode: 'stall', toServer: 0 }]);
  proxy.set('pass');
  expect(await answer).toBe('later');
  expect(await second).toBe('latest');
});

test('keeps the end of a client from the server while it stalls', async () => {
  const client = await connect();
  await said(client, 'hello');
  proxy.set('stall');
  const ended = once(accepted[0] ?? client, 'end').then(() => 'ended');
  client.end();
  expect(await Promise.race([ended, wait(100, 'nothing')])).toBe('nothing');
  proxy.set('pass');
  expect(await ended).toBe('ended');
});

test('ends both sides in good order when it cuts, with answers on their way', async () => {
  const client = await connect();
  await said(client, 'hello');
  proxy.set('stall');
  client.write('lost');
  await turn();
  proxy.set('cut');
  await once(client, 'close');
  await proxy.untilOpen(0);
  expect(client.errored).toBeNull();
  expect(accepted[0]?.errored).toBeNull();
});

test('resets both sides', async () => {
  const client = await connect();
  await said(client, 'hello');
  proxy.set('reset');
  await expect(once(client, 'close')).rejects.toMatchObject({ code: 'ECONNRESET' });
  expect(proxy.open).toBe(0);
});

test.each(['cut', 'reset'] as const)('does a %s to connections to come only, if asked', async (mode) => {
  const client = await connect();
  await said(client, 'hello');
  proxy.setNext(mode);
  const next = createConnection(proxy.port, proxy.host);
  if (mode === 'reset') await expect(once(next, 'close')).rejects.toMatchObject({ code: 'ECONNRESET' });
  else await once(next, 'close');
  expect(await said(client, 'still')).toBe('still');
});

test('fails one connection and leaves the others', async () => {
  const [first, second] = [await connect(), await connect()];
  await proxy.untilOpen(2);
  proxy.links.find((link) => link.clientPort === first.localPort)?.set('reset');
  await expect(once(first, 'close')).rejects.toMatchObject({ code: 'ECONNRESET' });
  expect(await said(second, 'still')).toBe('still');
});

test('forwards later, in order', async () => {
  proxy.set({ delayMs: 60 });
  const client = await connect();
  const answer = said(client, 'slow');
  expect(await Promise.race([answer, wait(20, 'nothing')])).toBe('nothing');
  expect(await answer).toBe('slow');
});

test('resets what is open when it stops, and refuses', async () => {
  const client = await connect();
  await said(client, 'hello');
  const closed = once(client, 'close');
  await Promise.all([proxy.stop(), expect(closed).rejects.toMatchObject({ code: 'ECONNRESET' })]);
  await expect(connect()).rejects.toMatchObject({ code: 'ECONNREFUSED' });
  await proxy.stop();
});

test('resets a client whose server refuses', async () => {
  await using deaf = await startProxy({ host: '127.0.0.1', port: 1 });
  const client = createConnection(deaf.port, deaf.host);
  await expect(once(client, 'close')).rejects.toMatchObject({ code: 'ECONNRESET' });
});

async function connect(): Promise<Socket> {
  const socket = createConnection(proxy.port, proxy.host);
  clients.push(socket);
  await once(socket, 'connect');
  // Those who wait for the close are told of an error by `once`.
  socket.on('error', () => {});
  return socket;
}

/** What comes back, until it is as long as what was said. */
async function said(socket: Socket, text: string): Promise<string> {
  let heard = '';
  socket.write(text);
  while (heard.length < text.length) heard += String(await once(socket, 'data'));
  return heard;
}
