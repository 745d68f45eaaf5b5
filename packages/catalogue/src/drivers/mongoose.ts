import type { Driver } from '../driver.ts';

/** mongoose: connections and models, which lend the sessions of the mongodb driver beneath. */
export const mongoose = {
  name: 'mongoose',
  packages: [{ module: 'mongoose', versions: '>=8.7.0 <10' }],
  types: {
    Mongoose: { role: 'other' },
    Connection: { role: 'client', chains: ['setClient'], ends: ['close', 'destroy'] },
    Model: { role: 'other' },
    ClientSession: {
      role: 'session',
      endsWithOwner: ['close', 'destroy', 'disconnect'],
      releases: [{ on: 'resource', method: 'endSession', settles: 'promise', twice: 'ignored' }],
      disposes: { async: 'rollback' },
      operations: ['commitTransaction', 'abortTransaction', 'withTransaction'],
      usableAfterRelease: ['hasEnded', 'id', 'on', 'once', 'off'],
      endedWhen: ['hasEnded'],
      // What the server answers to an abort is ignored, as the specification of drivers has it; after a commit or an abort it throws.
      infallible: ['startTransaction', 'inTransaction', 'abortTransaction'],
    },
  },
  makers: [
    { export: 'Mongoose', how: 'new', gives: 'Mongoose' },
    { export: 'mongoose', how: 'value', gives: 'Mongoose' },
    { export: 'connect', how: 'await', gives: 'Mongoose' },
    { export: 'connection', how: 'value', gives: 'Connection' },
    { export: 'createConnection', how: 'call', gives: 'Connection' },
    { export: 'model', how: 'call', gives: 'Model' },
  ],
  members: [
    { of: 'Mongoose', name: 'connect', how: 'await', gives: 'Mongoose' },
    { of: 'Mongoose', name: 'connection', how: 'get', gives: 'Connection' },
    { of: 'Mongoose', name: 'createConnection', how: 'call', gives: 'Connection' },
    { of: 'Mongoose', name: 'model', how: 'call', gives: 'Model' },
    { of: 'Connection', name: 'asPromise', how: 'await', gives: 'Connection' },
    { of: 'Connection', name: 'openUri', how: 'await', gives: 'Connection' },
    { of: 'Connection', name: 'useDb', how: 'call', gives: 'Connection' },
    { of: 'Connection', name: 'model', how: 'call', gives: 'Model' },
    { of: 'Model', name: 'db', how: 'get', gives: 'Connection' },
  ],
  acquires: [
    { of: 'module', method: 'startSession', arrives: 'promise', gives: 'ClientSession' },
    { of: 'Mongoose', method: 'startSession', arrives: 'promise', gives: 'ClientSession' },
    { of: 'Connection', method: 'startSession', arrives: 'promise', gives: 'ClientSession' },
    { of: 'Model', method: 'startSession', arrives: 'promise', gives: 'ClientSession' },
  ],
  scopes: [
    { of: 'Connection', method: 'transaction', callback: 0, lends: 'ClientSession' },
    { of: 'Connection', method: 'withSession', callback: 0, lends: 'ClientSession' },
    { of: 'ClientSession', method: 'withTransaction', callback: 0, lends: 'ClientSession', lendsItself: true },
  ],
  waits: [
    { maker: 'connect', option: 'waitQueueTimeoutMS', argument: 1, defaultMs: null },
    { maker: 'createConnection', option: 'waitQueueTimeoutMS', argument: 1, defaultMs: null },
  ],
  native: [
    { option: 'waitQueueTimeoutMS', does: 'Bounds the wait for a connection; 0 is for ever.' },
    { option: 'bufferTimeoutMS', does: 'Bounds how long a call waits for the first connection; 10 s by default.' },
    { option: 'transactionAsyncLocalStorage', does: 'Gives the session of `connection.transaction()` to every query in it.' },
  ],
  secrets: [
    'auth', 'pass', 'password', 'tlsCertificateKeyFilePassword', 'passphrase', 'pfx', 'key',
    'autoEncryption',
  ],
  evidence: [
    {
      fact: '`startSession()` returns a promise, as that of mongodb does not: it waits until there is a connection.',
      source: 'mongoose 9.12.1 lib/connection.js:692',
    },
    {
      fact: '`connection.transaction()` does not wait until its session has ended.',
      source: 'mongoose 9.12.1 lib/connection.js:748',
    },
    {
      fact: '`connection` is no named export where Node loads an ES module: `import mongoose from \'mongoose\'` has it.',
      source: 'mongoose 9.12.1 index.js:61',
    },
    {
      fact: 'Disposing a session aborts its open transaction.',
      source: 'mongodb 7.8.0 lib/sessions.js:119',
    },
  ],
  unproved: [],
} as const satisfies Driver;
