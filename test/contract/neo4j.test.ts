import neo4j from 'neo4j-driver';
import neo4j5 from 'neo4j-driver-5';
import { afterAll, describe, expect, it } from 'vitest';
import { neo4j as record } from '../../packages/catalogue/src/drivers/neo4j.ts';
import { contract, second } from './contract.ts';

const make = () => neo4j.driver('bolt://127.0.0.1:1');
const driver = make();
const session = driver.session();
const older = neo4j5.driver('bolt://127.0.0.1:1');
afterAll(async () => {
  await older.close();
  await session.close();
  await driver.close();
});

contract(record, {
  types: {
    Driver: () => driver,
    Session: () => session,
    Transaction: () => neo4j.Transaction.prototype,
    ManagedTransaction: () => neo4j.ManagedTransaction.prototype,
  },
  twice: {
    'Driver.close': async () => {
      const own = make();
      await own.close();
      return second(() => own.close());
    },
    'Session.close': async () => {
      const own = driver.session();
      await own.close();
      return second(() => own.close());
    },
  },
  arrivals: {
    'module.driver return Driver': () => Promise.resolve(driver),
    'Driver.session return Session': () => Promise.resolve(session),
  },
  older: { module: 'neo4j-driver-5', types: { Session: () => older.session() } },
  text: ['neo4j-driver', 'neo4j-driver>neo4j-driver-core', 'neo4j-driver>neo4j-driver-bolt-connection'],
});

describe('a driver of neo4j', () => {
  it('makes sessions without asking a server, and even once it is closed', async () => {
    for (const own of [make(), neo4j5.driver('bolt://127.0.0.1:1')]) {
      await own.session().close();
      await own.close();
      expect(() => own.session()).not.toThrow();
    }
  });
});
