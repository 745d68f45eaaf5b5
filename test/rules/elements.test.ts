import { describe, it } from 'vitest';
import { expectMarked } from './project.ts';

const release = `
export function releaseAll(...clients) {
  for (const client of clients) client.release();
}
export const releaseOthers = (text, ...clients) => clients.forEach((client) => client?.release());
export async function releaseLater(...clients) {
  await Promise.all(clients.map((client) => client.release()));
}
export function ask(...clients) {
  return Promise.all(clients.map((client) => client.query('SELECT 1')));
}
`;

describe('a function that is given any number of connections', () => {
  it.each([
    ['releases each', `
async function count() {
  const [one, other] = [await pool.connect()];
  try {
    return await one.query('SELECT 1');
  } finally {
    releaseAll(one);
  }
}
`],
    ['releases each of a list', `
async function count() {
  const client = await pool.connect();
  const clients = [client];
  try {
    return await client.query('SELECT 1');
  } finally {
    releaseAll(...clients);
  }
}
`],
    ['releases each behind others', `
async function count() {
  const client = await pool.connect();
  try {
    return await client.query('SELECT 1');
  } finally {
    releaseOthers('counted', client);
  }
}
`],
    ['releases what is spread over its parameters', `
async function count() {
  const clients = ['counted', await pool.connect()];
  try {
    return await clients[1].query('SELECT 1');
  } finally {
    releaseOthers(...clients);
  }
}
`],
    ['releases each in turns', `
async function count() {
  const clients = await Promise.all([pool.connect()]);
  try {
    return await clients[0].query('SELECT 1');
  } finally {
    await releaseLater(...clients);
  }
}
`],
    ['may release what is given behind any number of others', `
async function count(others) {
  const client = await pool.connect();
  await client.query('SELECT 1');
  releaseOthers(...others, client);
}
`],
    ['may release what it is given in another file', `
import { close } from '@acme/close';
async function count() {
  const clients = [await pool.connect()];
  await clients[0].query('SELECT 1');
  await close(...clients);
}
`],
    ['releases too late for an exception', `
async function count() {
  const client = await pool.connect(); // ✗ notReleasedOnThrow
  const clients = [client];
  await client.query('SELECT 1');
  releaseAll(...clients);
}
`],
    ['releases on one path', `
async function count(done) {
  const client = await pool.connect(); // ✗ notReleasedOnPath
  if (done) return;
  releaseAll(client);
}
`],
    ['only works with each', `
async function count() {
  const client = await pool.connect(); // ✗ neverReleased
  await ask(client);
}
`],
    ['only works with each of a list', `
async function count() {
  const clients = [await pool.connect()]; // ✗ neverReleased
  await ask(...clients);
}
`],
    ['is given others', `
async function count(clients) {
  const client = await pool.connect(); // ✗ neverReleased
  await client.query('SELECT 1');
  releaseAll(...clients);
}
`],
  ])('%s', (_title, program) => {
    const start = `import { Pool } from 'pg';\nconst pool = new Pool();\n`;
    expectMarked({ 'release.js': release, 'orders.js': `import { ask, releaseAll, releaseLater, releaseOthers } from './release.js';\n${start}${program}` });
    expectMarked({ 'orders.js': `${start}${release}${program}` });
  });
});
