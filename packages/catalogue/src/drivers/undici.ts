import type { Driver } from '../driver.ts';

/** undici and the global `fetch`: what is lent is the body of a response. */
export const undici = {
  name: 'undici',
  packages: [
    { module: 'undici', versions: '>=6.0.0 <9' },
    { module: 'fetch', global: true },
  ],
  types: {
    Dispatcher: {
      role: 'client',
      aliases: ['Client', 'Pool', 'BalancedPool', 'RoundRobinPool', 'Agent', 'ProxyAgent', 'EnvHttpProxyAgent', 'RetryAgent'],
      modules: ['undici'],
      chains: ['on', 'once', 'off', 'addListener', 'compose'],
      releases: [
        { on: 'resource', method: 'close', settles: 'either', twice: 'rejects' },
      ],
      destroys: [{ on: 'resource', method: 'destroy', settles: 'either', twice: 'ignored' }],
      ends: ['close', 'destroy'],
      usableAfterRelease: ['closed', 'destroyed', 'destroy', 'on', 'once', 'off', 'removeListener'],
    },
    BodyReadable: {
      role: 'body',
      modules: [],
      releases: [
        { on: 'resource', method: 'text', settles: 'promise', twice: 'throws' },
        { on: 'resource', method: 'json', settles: 'promise', twice: 'throws' },
        { on: 'resource', method: 'blob', settles: 'promise', twice: 'throws' },
        { on: 'resource', method: 'bytes', settles: 'promise', twice: 'throws' },
        { on: 'resource', method: 'arrayBuffer', settles: 'promise', twice: 'throws' },
        { on: 'resource', method: 'dump', settles: 'promise', twice: 'ignored' },
      ],
      destroys: [{ on: 'resource', method: 'destroy', settles: 'sync', twice: 'ignored' }],
      disposes: { async: 'release' },
      consumedByIteration: true,
      usableAfterRelease: ['bodyUsed', 'destroyed', 'on', 'once', 'off', 'removeListener'],
      endedWhen: ['bodyUsed', 'destroyed'],
    },
    Response: {
      role: 'body',
      releases: [
        { on: 'resource', method: 'text', settles: 'promise', twice: 'rejects' },
        { on: 'resource', method: 'json', settles: 'promise', twice: 'rejects' },
        { on: 'resource', method: 'blob', settles: 'promise', twice: 'rejects' },
        { on: 'resource', method: 'bytes', settles: 'promise', twice: 'rejects' },
        { on: 'resource', method: 'arrayBuffer', settles: 'promise', twice: 'rejects' },
        { on: 'resource', method: 'formData', settles: 'promise', twice: 'rejects' },
        { on: 'resource', method: 'body.cancel', settles: 'promise', twice: 'ignored' },
        { on: 'resource', method: 'body.pipeTo', settles: 'promise', twice: 'ignored' },
        { on: 'resource', method: 'body.pipeThrough', settles: 'sync', twice: 'throws' },
        { on: 'resource', method: 'body.getReader', settles: 'sync', twice: 'throws' },
      ],
      usableAfterRelease: ['ok', 'status', 'statusText', 'headers', 'url', 'redirected', 'type', 'body', 'bodyUsed'],
      endedWhen: ['bodyUsed'],
    },
    Duplex: {
      role: 'stream',
      modules: [],
      releases: [
        { on: 'resource', method: 'end', settles: 'sync', twice: 'ignored' },
        { on: 'resource', method: 'destroy', settles: 'sync', twice: 'ignored' },
      ],
      disposes: { async: 'release' },
      consumedByIteration: true,
    },
  },
  makers: [
    { export: 'Client', modules: ['undici'], how: 'new', gives: 'Dispatcher' },
    { export: 'Pool', modules: ['undici'], how: 'new', gives: 'Dispatcher' },
    { export: 'BalancedPool', modules: ['undici'], how: 'new', gives: 'Dispatcher' },
    { export: 'RoundRobinPool', modules: ['undici'], how: 'new', gives: 'Dispatcher', versions: '>=7.0.0' },
    { export: 'Agent', modules: ['undici'], how: 'new', gives: 'Dispatcher' },
    { export: 'ProxyAgent', modules: ['undici'], how: 'new', gives: 'Dispatcher' },
    { export: 'EnvHttpProxyAgent', modules: ['undici'], how: 'new', gives: 'Dispatcher' },
    { export: 'RetryAgent', modules: ['undici'], how: 'new', gives: 'Dispatcher' },
  ],
  members: [],
  acquires: [
    { of: 'module', method: 'request', modules: ['undici'], arrives: 'promise', gives: 'BodyReadable', property: 'body', proofOnly: true },
    { of: 'Dispatcher', method: 'request', arrives: 'promise', gives: 'BodyReadable', property: 'body', when: 'no-callback', proofOnly: true },
    { of: 'module', method: 'fetch', modules: ['undici', 'fetch'], arrives: 'promise', gives: 'Response', proofOnly: true },
    { of: 'Dispatcher', method: 'new', arrives: 'return', gives: 'Dispatcher', proofOnly: true },
    { of: 'module', method: 'connect', modules: ['undici'], arrives: 'promise', gives: 'Duplex', property: 'socket', proofOnly: true },
    { of: 'module', method: 'upgrade', modules: ['undici'], arrives: 'promise', gives: 'Duplex', property: 'socket', proofOnly: true },
    { of: 'Dispatcher', method: 'connect', arrives: 'promise', gives: 'Duplex', property: 'socket', when: 'no-callback', proofOnly: true },
    { of: 'Dispatcher', method: 'upgrade', arrives: 'promise', gives: 'Duplex', property: 'socket', when: 'no-callback', proofOnly: true },
  ],
  scopes: [
    { of: 'module', method: 'stream' },
    { of: 'Dispatcher', method: 'stream' },
  ],
  statementTimeouts: [
    { maker: 'Client', option: 'headersTimeout', argument: 1, defaultMs: 300_000, cancels: 'driver' },
    { maker: 'Pool', option: 'headersTimeout', argument: 1, defaultMs: 300_000, cancels: 'driver' },
    { maker: 'Agent', option: 'headersTimeout', argument: 0, defaultMs: 300_000, cancels: 'driver' },
  ],
  fatal: [
    { code: 'UND_ERR_SOCKET', means: 'closed' },
    { code: 'UND_ERR_CLOSED', means: 'closed' },
    { code: 'UND_ERR_DESTROYED', means: 'closed' },
    { code: 'UND_ERR_CONNECT_TIMEOUT', means: 'closed' },
  ],
  gauges: [
    { of: 'Dispatcher', total: 'stats.connected', active: 'stats.running', waiting: 'stats.pending' },
  ],
  native: [
    { option: 'bodyTimeout', does: 'Ends a body that is silent for this long, 300 s by default, and so an unread one.' },
    { option: 'headersTimeout', does: 'Bounds the wait for the headers, 300 s by default.' },
    { option: 'connections', does: 'Sockets per origin; unlimited by default.' },
  ],
  secrets: ['authorization', 'cookie', 'token', 'proxy-authorization', 'cert', 'key', 'passphrase'],
  evidence: [
    { fact: '`body.formData()` of `request` is not implemented: it rejects and consumes nothing.', source: 'undici 7.30.2 lib/api/readable.js' },
    { fact: 'With one connection an unread body of 300 KB blocks the next request.', source: 'undici 7.30.2 lib/api/readable.js' },
    { fact: 'A collected `fetch` body is cancelled, but not in time.', source: 'undici 7.30.2 lib/web/fetch/body.js:23' },
  ],
  unproved: [],
} as const satisfies Driver;
