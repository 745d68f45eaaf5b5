import { describe, it } from 'vitest';
import { expectMarked } from './project.ts';

const typeorm = `
import { DataSource } from 'typeorm';
import { fill } from '@acme/orders';
const source = new DataSource({ type: 'postgres' });
`;

const mongodb = `
import { MongoClient } from 'mongodb';
import { fill } from '@acme/orders';
const client = new MongoClient(process.env.MONGO_URL);
`;

describe('what an unknown function is given in the middle of a transaction', () => {
  it.each([
    ['is still owed by who commits and rolls back: a runner of typeorm', `${typeorm}
export async function place(order) {
  const runner = source.createQueryRunner(); // ✗ neverReleased
  await runner.startTransaction();
  try {
    await fill(runner, order);
    await runner.commitTransaction();
  } catch (error) {
    await runner.rollbackTransaction();
    throw error;
  }
}
`],
    ['is still owed by who commits and rolls back: a session of mongodb', `${mongodb}
export async function place(order) {
  const session = client.startSession(); // ✗ neverReleased
  session.startTransaction();
  try {
    await fill(order, { session });
    await session.commitTransaction();
  } catch (error) {
    await session.abortTransaction();
    throw error;
  }
}
`],
    ['is still owed as the argument itself: a session of mongodb', `${mongodb}
export async function place(order) {
  const session = client.startSession(); // ✗ neverReleased
  session.startTransaction();
  try {
    await fill(session, order);
    await session.commitTransaction();
  } catch (error) {
    await session.abortTransaction();
    throw error;
  }
}
`],
    ['is still owed where only the good path gives it back', `${mongodb}
export async function place(order) {
  const session = client.startSession(); // ✗ notReleasedOnThrow
  session.startTransaction();
  try {
    await fill(session, order);
    await session.commitTransaction();
    await session.endSession();
  } catch (error) {
    await session.abortTransaction();
    throw error;
  }
}
`],
    ['is given back in a `finally`: a runner of typeorm', `${typeorm}
export async function place(order) {
  const runner = source.createQueryRunner();
  try {
    await runner.startTransaction();
    await fill(runner, order);
    await runner.commitTransaction();
  } catch (error) {
    await runner.rollbackTransaction();
    throw error;
  } finally {
    await runner.release();
  }
}
`],
    ['is given back in a `finally`: a session of mongodb', `${mongodb}
export async function place(order) {
  const session = client.startSession();
  session.startTransaction();
  try {
    await fill(session, order);
    await session.commitTransaction();
  } catch (error) {
    await session.abortTransaction();
    throw error;
  } finally {
    await session.endSession();
  }
}
`],
    ['may be the function\'s that ends the transaction: a runner of typeorm', `${typeorm}
export async function place(order) {
  const runner = source.createQueryRunner();
  await runner.startTransaction();
  await fill(runner, order);
}
`],
    ['may be the function\'s that ends the transaction: a session of mongodb', `${mongodb}
export async function place(order) {
  const session = client.startSession();
  session.startTransaction();
  await fill(session, order);
}
`],
    ['may be kept by a function that has it after the transaction', `${typeorm}
export async function place(order) {
  const runner = source.createQueryRunner();
  await runner.startTransaction();
  try {
    await runner.query('INSERT INTO orders VALUES ($1)', [order]);
    await runner.commitTransaction();
  } catch (error) {
    await runner.rollbackTransaction();
    throw error;
  }
  fill(runner, order);
}
`],
    ['may be kept by a function that had it before the transaction', `${typeorm}
export async function place(order) {
  const runner = source.createQueryRunner();
  fill(runner, order);
  await runner.startTransaction();
  try {
    await runner.query('INSERT INTO orders VALUES ($1)', [order]);
    await runner.commitTransaction();
  } catch (error) {
    await runner.rollbackTransaction();
    throw error;
  }
}
`],
    ['may be kept where nobody rolls back', `${typeorm}
export async function place(order) {
  const runner = source.createQueryRunner();
  await runner.startTransaction();
  await fill(runner, order);
  await runner.commitTransaction();
}
`],
  ])('%s', (_title, program) => {
    expectMarked({ 'orders.ts': program });
  });
});
