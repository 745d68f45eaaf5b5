import { describe, it } from 'vitest';
import { expectMarked, type Project } from './project.ts';

const database = `
import { Pool } from 'pg';
const pool = new Pool();
export async function getClient() {
  return pool.connect();
}
`;

describe('a function that passes on what an imported wrapper lends', () => {
  it.each([
    ['lends it', `
import { getClient } from './database.js';
async function lease() {
  const client = await getClient();
  return client;
}
export async function count() {
  const client = await lease(); // ✗ notReleasedOnThrow
  const { rows } = await client.query('SELECT count(*) FROM orders');
  client.release();
  return rows;
}
`],
    ['lends it under any name', `
import { getClient } from './database.js';
const prepared = async () => {
  const client = await getClient(); // ✗ notReleasedOnThrow
  await client.query('SET search_path TO orders');
  return client;
};
export async function count() {
  const client = await prepared(); // ✗ neverReleased
  return client.query('SELECT count(*) FROM orders');
}
`],
    ['lends it through another such function', `
import { getClient } from './database.js';
const first = () => getClient();
async function second() {
  return first();
}
export async function count() {
  const client = await second(); // ✗ neverReleased
  return client.query('SELECT count(*) FROM orders');
}
`],
    ['lends it as a method', `
import { getClient } from './database.js';
export class Orders {
  async lease() {
    return getClient();
  }
  async count() {
    const client = await this.lease(); // ✗ neverReleased
    return client.query('SELECT count(*) FROM orders');
  }
}
`],
    ['leaves the release to whoever asks for it', `
import { getClient } from './database.js';
export async function lease() {
  const client = await getClient();
  return client;
}
export async function count() {
  const client = await lease();
  try {
    return await client.query('SELECT count(*) FROM orders');
  } finally {
    client.release();
  }
}
`],
    ['lends nothing where it gives back itself', `
import { getClient } from './database.js';
async function rows(sql) {
  const client = await getClient();
  try {
    return await client.query(sql);
  } finally {
    client.release();
  }
}
export async function count() {
  const client = await rows('SELECT count(*) FROM orders');
  return client.rows[0];
}
`],
    ['lends nothing where it keeps one for all', `
import { getClient } from './database.js';
let kept;
async function shared() {
  if (kept === undefined) kept = await getClient();
  return kept;
}
export async function count() {
  const client = await shared();
  return client.query('SELECT count(*) FROM orders');
}
`],
    ['lends nothing by a name alone', `
import { getClient } from './database.js';
import { lease } from '@acme/leases';
export async function count() {
  const client = await lease();
  return client.query('SELECT count(*) FROM orders');
}
export { getClient };
`],
  ])('%s', (_title, orders) => {
    expectMarked({ 'database.js': database, 'orders.js': orders });
  });

  it('lends it to a third file', () => {
    expectMarked({
      'database.js': database,
      'lease.js': `
import { getClient } from './database.js';
export async function lease() {
  const client = await getClient();
  return client;
}
`,
      'orders.js': `
import { lease } from './lease.js';
export async function count() {
  const client = await lease(); // ✗ neverReleased
  return client.query('SELECT count(*) FROM orders');
}
export async function list() {
  const client = await lease();
  try {
    return await client.query('SELECT * FROM orders');
  } finally {
    client.release();
  }
}
`,
    });
  });
});

const redis = `
import { createClient } from 'redis';
export async function connectRedis() {
  const client = createClient({ url: process.env.REDIS_URL });
  await client.connect();
  return client;
}
`;

const mongo = `
import { MongoClient } from 'mongodb';
export async function connectMongo() {
  const client = new MongoClient(process.env.MONGO_URL);
  await client.connect();
  return client;
}
`;

const kept = `
import { createClient } from 'redis';
let client;
export async function connectRedis() {
  if (client === undefined) {
    client = createClient({ url: process.env.REDIS_URL });
    await client.connect();
  }
  return client;
}
`;

const made = `
import { createClient } from 'redis';
const client = createClient({ url: process.env.REDIS_URL });
export function connectRedis() {
  return client;
}
`;

describe('a client that a function of another file makes anew for each call', () => {
  it.each([
    ['is owed where it is only worked with', { 'redis.js': redis }, `
import { connectRedis } from './redis.js';
export async function price(id) {
  const client = await connectRedis(); // ✗ neverReleased
  const text = await client.get('price:' + id);
  return Number(text);
}
`],
    ['is owed whatever its command is', { 'redis.js': redis }, `
import { connectRedis } from './redis.js';
export async function visit() {
  const client = await connectRedis(); // ✗ neverReleased
  await client.incr('visits');
}
export async function store(key, values) {
  const client = await connectRedis(); // ✗ neverReleased
  await client.multi().hSet(key, values).expire(key, 60).exec();
}
`],
    ['is owed under whatever name its maker has', { 'redis.js': redis.replace('connectRedis', 'redis') }, `
import { redis } from './redis.js';
export async function visit() {
  const client = await redis(); // ✗ neverReleased
  await client.incr('visits');
}
`],
    ['is owed where it is called a cache, or by its server', { 'redis.js': redis.replace('connectRedis', 'openCache') }, `
import { openCache } from './redis.js';
import { openCache as getRedis } from './redis.js';
export async function visit() {
  const cache = await openCache(); // ✗ neverReleased
  await cache.incr('visits');
}
export async function visits() {
  const redis = await getRedis(); // ✗ neverReleased
  return Number(await redis.incrBy('visits', 0));
}
`],
    ['is owed in a handler, next to its listener of errors', { 'redis.js': redis }, `
import { connectRedis } from './redis.js';
export async function handler(request, response) {
  const client = await connectRedis(); // ✗ neverReleased
  client.on('error', (error) => console.error(error));
  response.json(await client.hGetAll('order:' + request.params.id));
}
`],
    ['is owed where its maker connects in one call', { 'mongo.js': `import { MongoClient } from 'mongodb';\nexport const connectMongo = () => MongoClient.connect(process.env.MONGO_URL);` }, `
import { connectMongo } from './mongo.js';
export async function count() {
  const client = await connectMongo(); // ✗ neverReleased
  return await client.db('shop').collection('orders').countDocuments();
}
`],
    ['is owed where a database of it is asked for', { 'mongo.js': mongo }, `
import { connectMongo } from './mongo.js';
export async function count() {
  const client = await connectMongo(); // ✗ neverReleased
  const orders = client.db('shop').collection('orders');
  return await orders.countDocuments();
}
`],
    ['is owed where it may be none', { 'mongo.js': mongo }, `
import { connectMongo } from './mongo.js';
export async function count() {
  const client = await connectMongo(); // ✗ neverReleased
  return await client?.db('shop').collection('orders').countDocuments();
}
`],
    ['is owed where only one path ends it', { 'mongo.js': mongo }, `
import { connectMongo } from './mongo.js';
export async function count(name) {
  const client = await connectMongo(); // ✗ notReleasedOnPath
  if (name === undefined) return 0;
  try {
    return await client.db('shop').collection(name).countDocuments();
  } finally {
    await client.close();
  }
}
`],
    ['is not owed where it is ended', { 'redis.js': redis }, `
import { connectRedis } from './redis.js';
export async function price(id) {
  const client = await connectRedis();
  try {
    return await client.get('price:' + id);
  } finally {
    await client.quit();
  }
}
`],
    ['is not owed where it subscribes, and is meant to last', { 'redis.js': redis }, `
import { connectRedis } from './redis.js';
export async function listen(onOrder) {
  const client = await connectRedis();
  await client.subscribe('orders', onOrder);
}
`],
    ['is not owed where it is listened to', { 'redis.js': redis }, `
import { connectRedis } from './redis.js';
export async function watch(onEnd) {
  const client = await connectRedis();
  client.on('end', onEnd);
  await client.configSet('notify-keyspace-events', 'Ex');
}
`],
    ['is not owed where it is stored', { 'redis.js': redis }, `
import { connectRedis } from './redis.js';
const clients = new Map();
export async function open(tenant) {
  const client = await connectRedis();
  await client.set('tenant', tenant);
  clients.set(tenant, client);
}
`],
    ['is not owed where it is stored in the module', { 'redis.js': redis }, `
import { connectRedis } from './redis.js';
let client;
export async function open() {
  client = await connectRedis();
  await client.set('opened', 'yes');
}
export const price = (id) => client.get('price:' + id);
`],
    ['is not owed where it is returned', { 'redis.js': redis }, `
import { connectRedis } from './redis.js';
export async function open() {
  const client = await connectRedis();
  await client.set('opened', 'yes');
  return client;
}
`],
    ['is not owed where it is returned in an object', { 'mongo.js': mongo }, `
import { connectMongo } from './mongo.js';
export async function open() {
  const client = await connectMongo();
  const db = client.db('shop');
  return { client, db };
}
`],
    ['is not owed where a database of it is returned', { 'mongo.js': mongo }, `
import { connectMongo } from './mongo.js';
export async function open() {
  const client = await connectMongo();
  return client.db('shop');
}
`],
    ['is not owed where what it is asked for is returned as it comes', { 'redis.js': redis }, `
import { connectRedis } from './redis.js';
export async function visit() {
  const client = await connectRedis();
  return client.incr('visits');
}
`],
    ['is not owed where an unknown function is given it', { 'redis.js': redis }, `
import { connectRedis } from './redis.js';
import { startWorker } from '@acme/worker';
export async function work() {
  const client = await connectRedis();
  await client.set('started', 'yes');
  await startWorker(client);
}
`],
    ['is not owed where an unknown class is given it', { 'redis.js': redis }, `
import { connectRedis } from './redis.js';
import { RedisStore } from '@acme/store';
export async function store() {
  const client = await connectRedis();
  await client.set('started', 'yes');
  return new RedisStore({ client });
}
`],
    ['is not owed where a function that stays uses it', { 'redis.js': redis }, `
import { connectRedis } from './redis.js';
export async function routes(app) {
  const client = await connectRedis();
  await client.set('started', 'yes');
  app.get('/price', async (request, response) => response.send(await client.get('price')));
}
`],
    ['is not owed in a program of one run', { 'redis.js': redis }, `
import { connectRedis } from './redis.js';
async function main() {
  const client = await connectRedis();
  await client.set('seeded', 'yes');
}
await main();
`],
    ['is not owed where the other file keeps one for all', { 'redis.js': kept }, `
import { connectRedis } from './redis.js';
export async function price(id) {
  const client = await connectRedis();
  return Number(await client.get('price:' + id));
}
`],
    ['is not owed where the other file makes one for all', { 'redis.js': made }, `
import { connectRedis } from './redis.js';
export async function price(id) {
  const client = connectRedis();
  return Number(await client.get('price:' + id));
}
`],
  ])('%s', (_title, files: Project, orders) => {
    expectMarked({ ...files, 'orders.js': orders });
  });
});

describe('a client that another file keeps for all is owed by nobody', () => {
  it.each([
    ['as a promise in the global object', `
if (!global.opening) global.opening = new MongoClient(process.env.MONGO_URL).connect();
export const open = () => global.opening;
`],
    ['in the fields of an object', `
const cached = { client: null, opening: null };
export async function open() {
  if (cached.client) return cached.client;
  if (!cached.opening) cached.opening = MongoClient.connect(process.env.MONGO_URL);
  cached.client = await cached.opening;
  return cached.client;
}
`],
    ['by name', `
const clients = new Map();
export async function open(name = 'orders') {
  let client = clients.get(name);
  if (client === undefined) {
    client = new MongoClient(process.env.MONGO_URL);
    await client.connect();
    clients.set(name, client);
  }
  return client;
}
`],
    ['in a field of a class', `
class Orders {
  static #client;
  static async client() {
    if (Orders.#client === undefined) Orders.#client = await MongoClient.connect(process.env.MONGO_URL);
    return Orders.#client;
  }
}
export const open = () => Orders.client();
`],
    ['where there was none', `
let client;
export async function open() {
  client ??= await MongoClient.connect(process.env.MONGO_URL);
  return client;
}
`],
    ['by a function that runs another only once', `
import { once } from 'lodash';
export const open = once(async () => MongoClient.connect(process.env.MONGO_URL));
`],
    ['until the file closes it', `
let client;
export async function open() {
  client = await MongoClient.connect(process.env.MONGO_URL);
  return client;
}
export async function close() {
  await client?.close();
}
`],
    ['until the process ends', `
export async function open() {
  const client = await MongoClient.connect(process.env.MONGO_URL);
  process.once('SIGTERM', () => client.close());
  return client;
}
`],
  ])('%s', (_title, mongo) => {
    expectMarked({
      'mongo.js': `import { MongoClient } from 'mongodb';\n${mongo}`,
      'orders.js': `
import { open } from './mongo.js';
export async function count() {
  const client = await open();
  return await client.db('shop').collection('orders').countDocuments();
}
`,
    });
  });
});

describe('an acquire that only its name gives away', () => {
  it('meets its release in a file that is imported', () => {
    expectMarked({
      'transaction.js': `
export class Transaction {
  constructor(connection) {
    this.connection = connection;
  }
  async commit() {
    try {
      await this.connection.query('COMMIT');
    } finally {
      this.connection.release();
    }
  }
}
`,
      'orders.js': `
import { Transaction } from './transaction.js';
export class Orders {
  constructor(pool) {
    this.pool = pool;
  }
  async begin() {
    const connection = await this.pool.connect(); // ✗ notReleasedOnThrow
    await connection.query('BEGIN');
    return new Transaction(connection);
  }
}
`,
    });
  });

  it('proves nothing beside a file that has to do with no driver', () => {
    expectMarked({
      'sockets.js': `export const sockets = { async connect() { return { send() {} }; } };`,
      'chat.js': `
import { sockets } from './sockets.js';
export async function say(text) {
  const socket = await sockets.connect();
  socket.send(text);
}
`,
    });
  });
});
