import { MongoClient } from 'mongodb';
import { afterAll, describe, expect, it } from 'vitest';
import { mongodb as record } from '../../packages/catalogue/src/drivers/mongodb.ts';
import { contract, pathIn, second } from './contract.ts';

const client = new MongoClient('mongodb://127.0.0.1:1', { serverSelectionTimeoutMS: 50 });
const collection = client.db('d').collection('c');
afterAll(() => client.close());

function closing(make: () => { close(): Promise<void> }) {
  return async () => {
    const one = make();
    await one.close();
    return second(() => one.close());
  };
}

contract(record, {
  types: {
    MongoClient: () => client,
    Db: () => client.db('d'),
    Collection: () => collection,
    ClientSession: () => client.startSession(),
    FindCursor: () => collection.find(),
    AggregationCursor: () => collection.aggregate(),
    ListCollectionsCursor: () => client.db('d').listCollections(),
    ListIndexesCursor: () => collection.listIndexes(),
    ChangeStream: () => collection.watch(),
  },
  twice: {
    'MongoClient.close': closing(() => new MongoClient('mongodb://127.0.0.1:1')),
    'ClientSession.endSession': async () => {
      const session = client.startSession();
      await session.endSession();
      return second(() => session.endSession());
    },
    'FindCursor.close': closing(() => collection.find()),
    'AggregationCursor.close': closing(() => collection.aggregate()),
    'ListCollectionsCursor.close': closing(() => client.db('d').listCollections()),
    'ListIndexesCursor.close': closing(() => collection.listIndexes()),
    'ChangeStream.close': closing(() => collection.watch()),
  },
  arrivals: {
    'Db.watch return ChangeStream': () => Promise.resolve(client.db('d').watch()),
    'MongoClient.watch return ChangeStream': () => Promise.resolve(client.watch()),
    'MongoClient.startSession return ClientSession': () => Promise.resolve(client.startSession()),
    'Collection.find return FindCursor': () => Promise.resolve(collection.find()),
    'Collection.aggregate return AggregationCursor': () => Promise.resolve(collection.aggregate()),
    'Db.aggregate return AggregationCursor': () => Promise.resolve(client.db('d').aggregate()),
    'Collection.watch return ChangeStream': () => Promise.resolve(collection.watch()),
    'Collection.listIndexes return ListIndexesCursor': () => Promise.resolve(collection.listIndexes()),
    'Db.listCollections return ListCollectionsCursor': () => Promise.resolve(client.db('d').listCollections()),
  },
});

describe('a session of mongodb', () => {
  it('keeps to itself what the server answers to an abort', async () => {
    const session = client.startSession();
    session.startTransaction();
    // As it is once a server has answered; there is none here, so that the abort is refused.
    const transaction = pathIn(session, 'transaction');
    if (typeof transaction !== 'object' || transaction === null) throw new Error('no transaction');
    Object.assign(transaction, { state: 'TRANSACTION_IN_PROGRESS' });
    expect(session.inTransaction()).toBe(true);
    await expect(session.abortTransaction()).resolves.toBeUndefined();
    await expect(session.abortTransaction()).rejects.toThrow('twice');
    await session.endSession();
  });
});
