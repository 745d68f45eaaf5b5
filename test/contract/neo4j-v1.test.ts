import { v1 } from 'neo4j-driver-1';
import { afterAll, describe, expect, it } from 'vitest';
import { neo4jV1 } from '../../packages/catalogue/src/drivers/neo4j-v1.ts';
import type { Driver } from '../../packages/catalogue/src/index.ts';
import { contract, secondWithCallback, second } from './contract.ts';

/** The record, of the name that version 1 is installed under beside the present one. */
const record: Driver = { ...neo4jV1, packages: neo4jV1.packages.map((one) => ({ ...one, module: 'neo4j-driver-1' })) };

const make = () => v1.driver('bolt://localhost:1');
const driver = make();
const session = driver.session();
const transaction = session.beginTransaction();
// Nothing listens there, and nobody asked.
transaction.rollback().catch(() => undefined);
afterAll(() => driver.close());

contract(record, {
  types: {
    Driver: () => driver,
    Session: () => session,
    Transaction: () => transaction,
  },
  twice: {
    'Driver.close': () => {
      const own = make();
      own.close();
      return second(() => {
        own.close();
      });
    },
    'Session.close': async () => {
      const own = driver.session();
      await new Promise<void>((resolve) => {
        own.close(resolve);
      });
      return secondWithCallback((done) => {
        own.close(done);
      });
    },
  },
  arrivals: {
    'Driver.session return Session': () => Promise.resolve(session),
    'Session.beginTransaction return Transaction': () => Promise.resolve(transaction),
  },
});

describe('a driver of neo4j 1', () => {
  it('makes sessions without asking a server, and even once it is closed', () => {
    const own = make();
    own.close();
    expect(() => own.session()).not.toThrow();
  });
});
