import { describe, it } from 'vitest';
import { expectMarked, type Project } from './project.ts';

const pool = `
import { Pool } from 'pg';
export const pool = new Pool();
`;

/** A class whose objects hold a connection between `open` and `close`. */
const database = `
import { pool } from './pool.js';
export class Database {
  constructor() {
    this.client = null;
  }
  async open() {
    if (!this.client) this.client = await pool.connect();
  }
  async close() {
    if (this.client) {
      await this.client.release();
      this.client = null;
    }
  }
  query(text, values) {
    return this.client.query(text, values);
  }
}
`;

const files: Project = { 'pool.js': pool, 'database.js': database };

describe('an object that its function opens', () => {
  it.each([
    ['is owed from there on', `
import { Database } from './database.js';
export async function find(id) {
  const db = new Database();
  await db.open(); // ✗ notReleasedOnPath
  if (id === undefined) return undefined;
  try {
    return await db.query('SELECT * FROM orders WHERE id = $1', [id]);
  } finally {
    await db.close();
  }
}
`],
    ['is lost where a method of it rejects', `
import { Database } from './database.js';
export async function count() {
  const db = new Database();
  await db.open(); // ✗ notReleasedOnThrow
  const { rows } = await db.query('SELECT count(*) FROM orders');
  await db.close();
  return rows;
}
`],
    ['is lost where what it holds is used directly', `
const { Database } = require('./database.js');
exports.count = async function count() {
  let db = new Database();
  await db.open(); // ✗ notReleasedOnThrow
  const { rows } = await db.client.query('SELECT count(*) FROM orders');
  db.close();
  return rows;
};
`],
    ['is lost with the turn of a loop', `
import { Database } from './database.js';
export async function archive(ids) {
  for (const id of ids) {
    const db = new Database();
    await db.open(); // ✗ overwrittenWhileHeld
    if (id < 0) continue;
    try {
      await db.query('UPDATE orders SET archived = true WHERE id = $1', [id]);
    } finally {
      await db.close();
    }
  }
}
`],
    ['is one that is ended in its time where another function ends it', `
import { Database } from './database.js';
export async function find(id) {
  const db = new Database();
  await db.open();
  try {
    return await db.query('SELECT * FROM orders WHERE id = $1', [id]);
  } finally {
    await db.close();
  }
}
export async function count() {
  const db = new Database();
  await db.open(); // ✗ neverReleased
  return await db.query('SELECT count(*) FROM orders');
}
`],
    ['comes from a function of the program', `
import { Database } from './database.js';
async function opened() {
  const db = new Database();
  await db.open();
  return db;
}
export async function count() {
  const db = await opened(); // ✗ notReleasedOnThrow
  const { rows } = await db.query('SELECT count(*) FROM orders');
  await db.close();
  return rows;
}
`],
    ['is opened by a method that opens it among other things', `
import { pool } from './pool.js';
class Unit {
  async connect() {
    this.client = await pool.connect();
  }
  async begin() {
    await this.connect();
    await this.client.query('BEGIN');
  }
  async commit() {
    await this.client.query('COMMIT');
    this.release();
  }
  async rollback() {
    await this.client.query('ROLLBACK');
    this.release();
  }
  release() {
    this.client.release();
  }
  async save(order) {
    await this.client.query('INSERT INTO orders VALUES ($1)', [order]);
  }
}
export async function save(order) {
  const unit = new Unit();
  await unit.begin(); // ✗ notReleasedOnPath
  try {
    if (order === undefined) return;
    await unit.save(order);
    await unit.commit();
  } catch (error) {
    await unit.rollback();
    throw error;
  }
}
`],
    ['may inherit how', `
import { Database } from './database.js';
class Orders extends Database {
  async find(id) {
    return this.query('SELECT * FROM orders WHERE id = $1', [id]);
  }
}
export async function find(id) {
  const orders = new Orders();
  await orders.open(); // ✗ notReleasedOnThrow
  const found = await orders.find(id);
  await orders.close();
  return found;
}
`],
    ['is opened by its constructor', `
import { DataSource } from 'typeorm';
const source = new DataSource({ type: 'postgres' });
class Orders {
  constructor() {
    this.runner = source.createQueryRunner();
  }
  count() {
    return this.runner.query('SELECT count(*) FROM orders');
  }
  async close() {
    await this.runner.release();
  }
}
export async function count() {
  const orders = new Orders(); // ✗ notReleasedOnThrow
  const found = await orders.count();
  await orders.close();
  return found;
}
`],
    ['is opened by a static method', `
import { pool } from './pool.js';
class Session {
  #client;
  static async open() {
    const session = new Session();
    await session.start();
    return session;
  }
  async start() {
    this.#client = await pool.connect();
  }
  async run(text) {
    return this.#client.query(text);
  }
  end() {
    this.#client.release();
  }
}
export async function count() {
  const session = await Session.open(); // ✗ notReleasedOnThrow
  const found = await session.run('SELECT count(*) FROM orders');
  session.end();
  return found;
}
`],
    ['holds a client that it connects', `
import { MongoClient } from 'mongodb';
class Store {
  constructor(url) {
    this.client = new MongoClient(url);
  }
  async connect() {
    await this.client.connect();
  }
  async disconnect() {
    await this.client.close();
  }
  async all(name) {
    return this.client.db('shop').collection(name).find().toArray();
  }
}
export async function orders(url) {
  const store = new Store(url);
  await store.connect(); // ✗ notReleasedOnThrow
  const found = await store.all('orders');
  await store.disconnect();
  return found;
}
`],
    ['gets its connection by a callback', `
import { createPool } from 'mysql2';
const pool = createPool({});
class Connection {
  open() {
    return new Promise((resolve, reject) => {
      pool.getConnection((error, connection) => {
        if (error) return reject(error);
        this.connection = connection;
        resolve();
      });
    });
  }
  async run(text) {
    return new Promise((resolve, reject) => {
      this.connection.query(text, (error, rows) => (error ? reject(error) : resolve(rows)));
    });
  }
  close() {
    this.connection.release();
  }
}
export async function count() {
  const connection = new Connection();
  await connection.open(); // ✗ notReleasedOnThrow
  const rows = await connection.run('SELECT count(*) FROM orders');
  connection.close();
  return rows;
}
`],
  ])('%s', (_, text) => {
    expectMarked({ ...files, 'orders.js': text });
  });
});

describe('an object made around what was acquired', () => {
  const transaction = `
import { pool } from './pool.js';
class Transaction {
  constructor(client) {
    this.client = client;
    this.done = false;
    this.commit = this.commit.bind(this);
  }
  query(text, values) {
    return this.client.query(text, values);
  }
  async commit() {
    if (this.done) return;
    await this.client.query('COMMIT');
    this.done = true;
    this.client.release();
  }
  async rollback() {
    if (this.done) return;
    await this.client.query('ROLLBACK');
    this.done = true;
    this.client.release();
  }
}
export async function begin() {
  const client = await pool.connect(); // ✗ notReleasedOnThrow
  await client.query('BEGIN');
  return new Transaction(client);
}
`;
  it('is owed by whoever gets it', () => {
    expectMarked({
      ...files,
      'transaction.js': transaction,
      'orders.js': `
import { begin } from './transaction.js';
export async function pay(id) {
  const tx = await begin(); // ✗ notReleasedOnPath
  try {
    const { rows } = await tx.query('SELECT * FROM orders WHERE id = $1', [id]);
    if (rows.length === 0) return false;
    await tx.commit();
    return true;
  } catch (error) {
    await tx.rollback();
    throw error;
  }
}
export async function refund(id) {
  const tx = await begin();
  try {
    await tx.query('UPDATE orders SET paid = false WHERE id = $1', [id]);
    await tx.commit();
  } catch (error) {
    await tx.rollback();
    throw error;
  }
}
`,
    });
  });
});

describe('an object of functions around what was acquired', () => {
  const lease = `
import { pool } from './pool.js';
export async function lease() {
  const client = await pool.connect();
  return {
    query: (text, values) => client.query(text, values),
    release: () => client.release(),
  };
}
export async function once() {
  const client = await pool.connect();
  return {
    query: async (text) => {
      try {
        return await client.query(text);
      } finally {
        client.release();
      }
    },
  };
}
export async function disposable() {
  const client = await pool.connect();
  return { client, [Symbol.dispose]: () => client.release() };
}
export async function numbered(key) {
  const client = await pool.connect();
  return { [key]: () => client.release() };
}
`;
  it.each([
    ['is owed by whoever gets it', `
import { lease } from './lease.js';
export async function find(id) {
  const leased = await lease(); // ✗ notReleasedOnPath
  if (id === undefined) return undefined;
  try {
    return await leased.query('SELECT * FROM orders WHERE id = $1', [id]);
  } finally {
    leased.release();
  }
}
export async function count() {
  const { query, release } = await lease(); // ✗ notReleasedOnThrow
  const { rows } = await query('SELECT count(*) FROM orders');
  release();
  return rows;
}
export async function total() {
  const leased = await lease();
  try {
    return await leased.query('SELECT sum(price) FROM orders');
  } finally {
    leased.release();
  }
}
export async function handedOn() {
  const leased = await lease();
  return { ...leased, at: Date.now() };
}
`],
    ['may give back by itself, when it is disposed of, or under a name that is not known', `
import { disposable, numbered, once } from './lease.js';
export async function count() {
  const asked = await once();
  return await asked.query('SELECT count(*) FROM orders');
}
export async function total() {
  using lent = await disposable();
  return await lent.client.query('SELECT sum(price) FROM orders');
}
export async function named(key) {
  const lent = await numbered(key);
  lent[key]();
}
`],
  ])('%s', (_, text) => {
    expectMarked({ ...files, 'lease.js': lease, 'orders.js': text });
  });
});

describe('nothing is said of an object', () => {
  it.each([
    ['that holds a client and is not ended, though another is', `
import { MongoClient } from 'mongodb';
class Store {
  constructor(url) {
    this.client = new MongoClient(url);
  }
  async connect() {
    await this.client.connect();
  }
  async disconnect() {
    await this.client.close();
  }
  async all(name) {
    return this.client.db('shop').collection(name).find().toArray();
  }
}
export async function start(url) {
  const store = new Store(url);
  await store.connect();
  await store.all('orders');
}
export async function orders(url) {
  const store = new Store(url);
  try {
    await store.connect();
    return await store.all('orders');
  } finally {
    await store.disconnect();
  }
}
`],
    ['that a script makes, which ends with it', `
import { Database } from './database.js';
async function main() {
  const db = new Database();
  await db.open();
  await db.query('SELECT 1');
  await db.close();
}
main();
`],
    ['that is opened once more while it is open', `
import { Database } from './database.js';
export async function count(again) {
  const db = new Database();
  await db.open();
  try {
    await db.open();
    return await db.query('SELECT count(*) FROM orders');
  } finally {
    await db.close();
  }
}
`],
    ['that is closed on every path', `
import { Database } from './database.js';
export async function count() {
  const db = new Database();
  try {
    await db.open();
    return await db.query('SELECT count(*) FROM orders');
  } finally {
    await db.close();
  }
}
`],
    ['that the module keeps', `
import { Database } from './database.js';
const db = new Database();
await db.open();
export const count = () => db.query('SELECT count(*) FROM orders');
export async function stop() {
  await db.close();
}
`],
    ['that is kept in a variable of the module', `
import { Database } from './database.js';
let db;
export async function start() {
  db = new Database();
  await db.open();
  await db.query('SELECT 1');
}
export async function stop() {
  await db.close();
}
`],
    ['that another object keeps', `
import { Database } from './database.js';
export class Orders {
  constructor() {
    this.db = new Database();
  }
  async start() {
    await this.db.open();
  }
  async count() {
    return this.db.query('SELECT count(*) FROM orders');
  }
}
`],
    ['that is given to a property, a collection or the caller', `
import { Database } from './database.js';
const all = [];
export async function one(request) {
  const db = new Database();
  await db.open();
  request.db = db;
}
export async function two() {
  const db = new Database();
  await db.open();
  all.push(db);
}
export async function three() {
  const db = new Database();
  await db.open();
  return db;
}
export async function four() {
  const db = new Database();
  await db.open();
  return { db, close: () => db.close() };
}
`],
    ['that is given to a function nobody knows and never closed here', `
import { serve } from 'server';
import { Database } from './database.js';
export async function start() {
  const db = new Database();
  await db.open();
  await serve(db);
}
`],
    ['that no function of the file ends: it may be meant to live on', `
import { Database } from './database.js';
export async function start() {
  const db = new Database();
  await db.open();
  await db.query('LISTEN orders');
}
`],
    ['that may have been handed in', `
import { Database } from './database.js';
export async function count(given) {
  const db = given ?? new Database();
  await db.open();
  const found = await db.query('SELECT count(*) FROM orders');
  await db.close();
  return found;
}
`],
    ['whose connection is given back directly', `
import { Database } from './database.js';
export async function count() {
  const db = new Database();
  await db.open();
  try {
    return await db.query('SELECT count(*) FROM orders');
  } finally {
    db.client.release();
  }
}
export async function total() {
  const db = new Database();
  await db.open();
  const { client } = db;
  try {
    return await client.query('SELECT sum(price) FROM orders');
  } finally {
    client.release();
  }
}
`],
    ['that closes itself when a query of it fails', `
import { pool } from './pool.js';
class Transaction {
  async open() {
    this.client = await pool.connect();
  }
  async query(text) {
    try {
      return await this.client.query(text);
    } catch (error) {
      await this.end(false);
      throw error;
    }
  }
  async end(commit = true) {
    await this.client.query(commit ? 'COMMIT' : 'ROLLBACK');
    this.client.release();
  }
}
export async function move() {
  const transaction = new Transaction();
  await transaction.open();
  await transaction.query('UPDATE orders SET place = 1');
  await transaction.query('UPDATE stock SET place = 1');
  await transaction.end();
}
`],
    ['that closes itself after each query', `
import { pool } from './pool.js';
class Once {
  async open() {
    this.client = await pool.connect();
  }
  async query(text) {
    try {
      return await this.client.query(text);
    } finally {
      this.client.release();
    }
  }
}
export async function count() {
  const once = new Once();
  await once.open();
  return await once.query('SELECT count(*) FROM orders');
}
`],
    ['that closes itself after a while', `
import { pool } from './pool.js';
class Session {
  async open() {
    this.client = await pool.connect();
    this.timer = setTimeout(() => this.close(), 10_000);
  }
  query(text) {
    return this.client.query(text);
  }
  close() {
    clearTimeout(this.timer);
    this.client.release();
  }
}
export async function find(id) {
  const session = new Session();
  await session.open();
  if (id === undefined) return undefined;
  const found = await session.query('SELECT * FROM orders');
  session.close();
  return found;
}
`],
    ['that its class keeps', `
import { pool } from './pool.js';
const sessions = new Set();
class Session {
  async open() {
    this.client = await pool.connect();
    sessions.add(this);
  }
  query(text) {
    return this.client.query(text);
  }
  close() {
    this.client.release();
  }
}
export async function find(id) {
  const session = new Session();
  await session.open();
  if (id === undefined) return undefined;
  const found = await session.query('SELECT * FROM orders');
  session.close();
  return found;
}
`],
    ['whose connection may be somebody else\'s', `
import { pool } from './pool.js';
class Orders {
  constructor(client) {
    this.client = client;
  }
  async open() {
    if (!this.client) this.client = await pool.connect();
  }
  query(text) {
    return this.client.query(text);
  }
  close() {
    this.client.release();
  }
}
export async function find(client) {
  const orders = new Orders(client);
  await orders.open();
  const found = await orders.query('SELECT * FROM orders');
  orders.close();
  return found;
}
`],
    ['that connects only on request', `
import { pool } from './pool.js';
class Orders {
  async open(eager) {
    if (eager) this.client = await pool.connect();
  }
  async find(id) {
    return pool.query('SELECT * FROM orders WHERE id = $1', [id]);
  }
  close() {
    this.client?.release();
  }
}
export async function find(id) {
  const orders = new Orders();
  await orders.open(false);
  const found = await orders.find(id);
  orders.close();
  return found;
}
`],
    ['of a class that extends one of a package', `
import { Repository } from 'repositories';
import { pool } from './pool.js';
class Orders extends Repository {
  async open() {
    this.client = await pool.connect();
  }
  find(id) {
    return this.client.query('SELECT * FROM orders WHERE id = $1', [id]);
  }
  close() {
    this.client.release();
  }
}
export async function find(id) {
  const orders = new Orders();
  await orders.open();
  const found = await orders.find(id);
  orders.close();
  return found;
}
`],
    ['of a class of which there is one object', `
import { pool } from './pool.js';
class Database {
  constructor() {
    if (Database.one) return Database.one;
    Database.one = this;
  }
  async open() {
    this.client ??= await pool.connect();
  }
  query(text) {
    return this.client.query(text);
  }
  close() {
    this.client.release();
  }
}
export async function find() {
  const db = new Database();
  await db.open();
  const found = await db.query('SELECT * FROM orders');
  db.close();
  return found;
}
`],
    ['that holds a pool', `
import { Pool } from 'pg';
class Database {
  constructor() {
    this.pool = new Pool();
  }
  query(text) {
    return this.pool.query(text);
  }
  async close() {
    await this.pool.end();
  }
}
export async function migrate() {
  const db = new Database();
  await db.query('CREATE TABLE orders ()');
  await db.close();
}
`],
    ['that a test opens before each and closes after each', `
import { Database } from './database.js';
describe('orders', () => {
  let db;
  beforeEach(async () => {
    db = new Database();
    await db.open();
  });
  afterEach(async () => {
    await db.close();
  });
});
`],
    ['that is closed by a listener, a chain or a helper', `
import { Database } from './database.js';
export async function one(request, response) {
  const db = new Database();
  await db.open();
  response.on('close', () => db.close());
  await db.query('SELECT 1');
}
export async function two() {
  const db = new Database();
  await db.open();
  return db.query('SELECT 1').finally(() => db.close());
}
async function quietly(db) {
  try {
    await db.close();
  } catch {}
}
export async function three() {
  const db = new Database();
  await db.open();
  try {
    return await db.query('SELECT 1');
  } finally {
    await quietly(db);
  }
}
`],
    ['that is used after it was closed, or closed twice: that is its own affair', `
import { Database } from './database.js';
export async function count() {
  const db = new Database();
  await db.open();
  try {
    await db.query('SELECT 1');
    await db.close();
  } finally {
    await db.close();
  }
  await db.open();
  try {
    return await db.query('SELECT 2');
  } finally {
    await db.close();
  }
}
`],
  ])('%s', (_, text) => {
    expectMarked({ ...files, 'orders.js': text });
  });
});

describe('an object that cannot be followed', () => {
  /** Another function of the file that shows how it is ended. */
  const shown = `
import { Database } from './database.js';
export async function count() {
  const db = new Database();
  await db.open();
  try {
    return await db.query('SELECT count(*) FROM orders');
  } finally {
    await db.close();
  }
}
`;
  it.each([
    ['is ended by a listener that was there before it was opened', `
export async function serve(res) {
  const db = new Database();
  res.on('close', () => db.close());
  await db.open();
  res.send(await db.query('SELECT 1'));
}`],
    ['was handed on before it was opened', `
export async function attach(context) {
  const db = new Database();
  Object.assign(context, { db });
  await db.open();
}`],
    ['was kept in a field before it was opened', `
export class Service {
  async start() {
    const db = new Database();
    this.db = db;
    await db.open();
  }
  stop() {
    return this.db.close();
  }
}`],
    ['has another name', `
export async function renamed() {
  const db = new Database();
  const alias = db;
  await db.open();
  try {
    return await db.query('SELECT 1');
  } finally {
    await alias.close();
  }
}`],
    ['is ended where it says that it is open', `
export async function asked() {
  const db = new Database();
  await db.open();
  try {
    return await db.query('SELECT 1');
  } finally {
    if (db.isOpen()) await db.close();
  }
}`],
    ['is ended where a field of it says that it is open', `
export async function asked() {
  const db = new Database();
  await db.open();
  try {
    return await db.query('SELECT 1');
  } finally {
    if (db.opened) await db.close();
  }
}`],
    ['serves a route', `
export async function serve(app) {
  const db = new Database();
  await db.open();
  app.get('/', async (req, res) => res.json(await db.query('SELECT 1')));
}`],
  ])('%s', (_title, program) => {
    expectMarked({ ...files, 'orders.js': shown + program });
  });

  it('ends by itself with what it streams', () => {
    expectMarked({
      'pool.js': pool,
      'export.js': `
import QueryStream from 'pg-query-stream';
import { pool } from './pool.js';
export class Export {
  async open() {
    this.client = await pool.connect();
  }
  stream(text) {
    const rows = this.client.query(new QueryStream(text));
    rows.once('close', () => this.close());
    return rows;
  }
  close() {
    this.client.release();
  }
}
`,
      'orders.js': `
import { Export } from './export.js';
export async function orders(res) {
  const out = new Export();
  await out.open();
  out.stream('SELECT * FROM orders').pipe(res);
}
export async function tried() {
  const out = new Export();
  await out.open();
  try {
    await check();
  } finally {
    out.close();
  }
}
`,
    });
  });
});
