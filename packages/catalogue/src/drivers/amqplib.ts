import type { Driver } from '../driver.ts';

/** amqplib: the promise API of `amqplib` and the callbacks of `amqplib/callback_api`. */
export const amqplib = {
  name: 'amqplib',
  packages: [
    { module: 'amqplib', versions: '>=0.10.0 <3' },
    { module: 'amqplib/callback_api', versions: '>=0.10.0 <3' },
  ],
  types: {
    ChannelModel: {
      role: 'client',
      aliases: ['Connection'],
      modules: ['amqplib'],
      releases: [{ on: 'resource', method: 'close', settles: 'promise', twice: 'rejects' }],
      ends: ['close'],
      usableAfterRelease: ['on', 'once', 'off', 'removeListener', 'removeAllListeners'],
      emitsError: true,
    },
    Channel: {
      role: 'other',
      endsWithOwner: ['close'],
      aliases: ['ConfirmChannel'],
      modules: ['amqplib'],
      releases: [{ on: 'resource', method: 'close', settles: 'promise', twice: 'throws' }],
      operations: [
        'assertQueue', 'assertExchange', 'bindQueue', 'consume', 'cancel', 'get', 'prefetch',
        'waitForConfirms',
      ],
      lasting: ['consume'],
      usableAfterRelease: ['on', 'once', 'off', 'removeListener', 'removeAllListeners'],
      emitsError: true,
    },
    CallbackConnection: {
      role: 'client',
      aliases: ['Connection'],
      modules: ['amqplib/callback_api'],
      releases: [{ on: 'resource', method: 'close', settles: 'callback', twice: 'throws' }],
      ends: ['close'],
      usableAfterRelease: ['on', 'once', 'off', 'removeListener', 'removeAllListeners'],
      emitsError: true,
    },
    CallbackChannel: {
      role: 'other',
      endsWithOwner: ['close'],
      aliases: ['Channel', 'ConfirmChannel'],
      modules: ['amqplib/callback_api'],
      releases: [{ on: 'resource', method: 'close', settles: 'callback', twice: 'throws' }],
      operations: [
        'assertQueue', 'assertExchange', 'bindQueue', 'consume', 'cancel', 'get', 'prefetch',
        'waitForConfirms',
      ],
      lasting: ['consume'],
      usableAfterRelease: ['on', 'once', 'off', 'removeListener', 'removeAllListeners'],
      emitsError: true,
    },
  },
  makers: [{ export: 'connect', modules: ['amqplib'], how: 'await', gives: 'ChannelModel' }],
  members: [],
  acquires: [
    {
      of: 'module',
      method: 'connect',
      modules: ['amqplib'],
      arrives: 'promise',
      gives: 'ChannelModel',
      proofOnly: true,
    },
    {
      of: 'ChannelModel',
      method: 'createChannel',
      arrives: 'promise',
      gives: 'Channel',
      proofOnly: true,
    },
    {
      of: 'ChannelModel',
      method: 'createConfirmChannel',
      arrives: 'promise',
      gives: 'Channel',
      proofOnly: true,
    },
    {
      of: 'module', method: 'connect', modules: ['amqplib/callback_api'], arrives: 'callback', gives: 'CallbackConnection',
      callback: { error: 0, resource: 1 }, when: 'callback', proofOnly: true,
    },
    {
      of: 'CallbackConnection', method: 'createChannel', arrives: 'callback', gives: 'CallbackChannel',
      callback: { error: 0, resource: 1 }, when: 'callback', proofOnly: true,
    },
    {
      of: 'CallbackConnection', method: 'createConfirmChannel', arrives: 'callback', gives: 'CallbackChannel',
      callback: { error: 0, resource: 1 }, when: 'callback', proofOnly: true,
    },
  ],
  scopes: [],
  gauges: [{ of: 'ChannelModel', socket: 'connection.stream' }],
  native: [
    { option: 'heartbeat', does: 'Seconds between heartbeats, in the URL; it finds a dead peer.' },
  ],
  secrets: ['password', 'url', 'passphrase', 'pfx', 'key'],
  evidence: [
    {
      fact: 'A channel that is closed already throws IllegalOperationError.',
      source: 'amqplib 2.3.1 lib/channel.js',
    },
    {
      fact: 'A connection without an `error` listener ends the process when its server goes away.',
      source: 'amqplib 2.3.1 lib/connection.js',
    },
  ],
  unproved: [
    'How these lend, which was read in the source: `module.connect()`, `ChannelModel.createChannel()`, `ChannelModel.createConfirmChannel()`, `CallbackConnection.createChannel()`, `CallbackConnection.createConfirmChannel()`.',
    'What a second `ChannelModel.close`, `Channel.close`, `CallbackConnection.close` and `CallbackChannel.close` does: read in the source.',
    'That the socket is at `ChannelModel.connection.stream`.',
  ],
} as const satisfies Driver;
