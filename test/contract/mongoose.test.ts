import mongoose, { Mongoose, Schema, type Connection } from 'mongoose';
import { afterAll, describe, expect, it } from 'vitest';
import { mongoose as record } from '../../packages/catalogue/src/drivers/mongoose.ts';
import { contract, second } from './contract.ts';

// Without a server: a client that never connects, and no waiting until it has.
const client = new mongoose.mongo.MongoClient('mongodb://127.0.0.1:1', { serverSelectionTimeoutMS: 50 });
const offline = { bufferCommands: false, autoCreate: false, autoIndex: false };
function withClient(connection: Connection): Connection {
  return Object.assign(connection, { client });
}

mongoose.set(offline);
const own = new Mongoose(offline);
const connection = withClient(mongoose.connection);
withClient(own.connection);
const Thing = mongoose.model('Thing', new Schema({ name: String }));
afterAll(() => client.close());

contract(record, {
  types: {
    Mongoose: () => own,
    Connection: () => connection,
    Model: () => Thing,
    ClientSession: () => client.startSession(),
  },
  twice: {
    'ClientSession.endSession': async () => {
      const session = await mongoose.startSession();
      await session.endSession();
      return second(() => session.endSession());
    },
  },
  arrivals: {
    'module.startSession promise ClientSession': () => mongoose.startSession(),
    'Mongoose.startSession promise ClientSession': () => own.startSession(),
    'Connection.startSession promise ClientSession': () => connection.startSession(),
    'Model.startSession promise ClientSession': () => Thing.startSession(),
  },
  text: ['mongoose', 'mongoose>mongodb'],
});

describe('what lent a session of mongoose', () => {
  it.each([
    ['close()', (made: Mongoose) => made.connection.close()],
    ['destroy()', (made: Mongoose) => made.connection.destroy()],
    ['disconnect()', (made: Mongoose) => made.disconnect()],
  ])('ends it with %s', async (_way, end) => {
    const made = new Mongoose(offline);
    Object.assign(made.connection, { client: new mongoose.mongo.MongoClient('mongodb://127.0.0.1:1') });
    const session = await made.startSession();
    expect(session.hasEnded).toBe(false);
    await end(made);
    expect(session.hasEnded).toBe(true);
  });
});
