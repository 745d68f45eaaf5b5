import pino from 'pino';
import { afterEach, describe, expect, test, vi } from 'vitest';
import winston from 'winston';
import { channel } from 'node:diagnostics_channel';
import { Writable } from 'node:stream';
import { eventTypes, type LifeguardEvent } from '../../../packages/guard/dist/index.js';
import { logger, type Logger, type LoggerOptions } from '../../../packages/guard/dist/sinks/logger.js';
import { publish, samples } from './samples.ts';

class Lines implements Logger {
  readonly lines: [string, ...unknown[]][] = [];
  error = (...args: readonly unknown[]): unknown => this.lines.push(['error', ...args]);
  warn = (...args: readonly unknown[]): unknown => this.lines.push(['warn', ...args]);
  info = (...args: readonly unknown[]): unknown => this.lines.push(['info', ...args]);
}

const stops: (() => void)[] = [];
afterEach(() => {
  for (const stop of stops.splice(0)) stop();
});

function open(options: LoggerOptions = {}): { readonly lines: Lines['lines']; readonly stop: () => void } {
  const to = new Lines();
  const stop = logger(to, options);
  stops.push(stop);
  return { lines: to.lines, stop };
}

describe('a line', () => {
  test('says of each event what happened, where, in which scope and for how long', () => {
    const { lines } = open({ types: eventTypes });
    for (const type of eventTypes) publish(samples[type]);
    expect(lines.map((words) => words.join(': ')).join('\n')).toMatchSnapshot();
  });

  test('is not broken by what a label holds', () => {
    const { lines } = open({ types: eventTypes });
    publish({ ...samples.leaked, scope: 'GET /a\nlifeguard: forged \u001b[31m' });
    expect(String(lines[0]?.[1])).toContain('GET /a\ufffdlifeguard: forged \ufffd[31m');
  });

  test('is one line, but for an exhausted pool', () => {
    const { lines } = open({ types: eventTypes });
    for (const type of eventTypes) publish(samples[type]);
    const long = lines.filter(([, text]) => String(text).includes('\n'));
    expect(long).toHaveLength(1);
    expect(String(long[0]?.[1]).split('\n')).toHaveLength(1 + samples.exhausted.holders.length);
  });
});

describe('what is logged', () => {
  test('is everything that does not happen all the time, and nothing else is even made', () => {
    const { lines, stop } = open();
    const everyday = ['acquired', 'returned', 'created', 'destroyed'];
    for (const type of eventTypes) expect([type, channel(`lifeguard:${type}`).hasSubscribers]).toEqual([type, !everyday.includes(type)]);
    for (const type of eventTypes) publish(samples[type]);
    expect(lines).toHaveLength(eventTypes.length - everyday.length);
    stop();
    for (const type of eventTypes) expect(channel(`lifeguard:${type}`).hasSubscribers).toBe(false);
  });

  test('is what was asked for', () => {
    const { lines } = open({ types: ['leaked'] });
    for (const type of eventTypes) publish(samples[type]);
    expect(lines).toHaveLength(1);
  });
});

describe('the same from the same line', () => {
  const later = (event: LifeguardEvent, ms: number): LifeguardEvent => ({ ...event, lease: (event.lease ?? 0) + ms, atMs: event.atMs + ms });

  test('is logged once, and then with a count', () => {
    const { lines } = open({ repeatAfterMs: 1000 });
    for (const ms of [0, 1, 999]) publish(later(samples.leaked, ms));
    expect(lines).toHaveLength(1);
    publish(later(samples.leaked, 1000));
    expect(lines).toHaveLength(2);
    expect(lines[1]?.[1]).toMatch(/ \(and 2 more since\)$/u);
  });

  test('is told at the end where it was counted', () => {
    const { lines, stop } = open();
    publish(samples.leaked);
    publish(samples.reclaimed);
    for (const ms of [1, 2, 3]) publish(later(samples.leaked, ms));
    stop();
    expect(lines).toHaveLength(3);
    expect(lines[2]?.[1]).toMatch(/has leaked: .* \(and 2 more since\)$/u);
  });

  test('is not the same with another evidence, another pool or another line', () => {
    const { lines } = open();
    publish(samples.leaked);
    publish({ ...samples.leaked, evidence: 'idle' });
    publish({ ...samples.leaked, pool: 'users' });
    publish({ ...samples.leaked, site: { file: '/elsewhere.js', line: 1, column: 1 } });
    expect(lines).toHaveLength(4);
  });

  test('is forgotten after a thousand others, so that memory does not grow', () => {
    const { lines } = open();
    for (let line = 0; line < 1500; line += 1) publish({ ...samples.leaked, site: { file: '/many.js', line, column: 1 } });
    publish({ ...samples.leaked, site: { file: '/many.js', line: 0, column: 1 } });
    publish({ ...samples.leaked, site: { file: '/many.js', line: 1499, column: 1 } });
    expect(lines).toHaveLength(1501);
  });
});

describe('a logger', () => {
  test('is the console where none is given', () => {
    const warn = vi.spyOn(console, 'warn').mockImplementation(() => undefined);
    stops.push(logger());
    publish(samples['leak-suspected']);
    expect(warn.mock.calls).toEqual([[expect.stringMatching(/^lifeguard: orders: a connection may have leaked/u)]]);
    warn.mockRestore();
  });

  test('of pino has the event as fields', () => {
    const written: string[] = [];
    stops.push(logger(pino({ base: null }, { write: (text: string) => void written.push(text) })));
    publish(samples.leaked);
    expect(JSON.parse(written.join(''))).toMatchObject({ level: 50, lifeguard: samples.leaked, msg: expect.stringMatching(/^lifeguard: orders: /u) });
  });

  test('of winston has the event as fields', () => {
    const written: string[] = [];
    const stream = new Writable({ write(chunk: Buffer, _encoding, done) {
      written.push(String(chunk));
      done();
    } });
    stops.push(logger(winston.createLogger({ format: winston.format.json(), transports: [new winston.transports.Stream({ stream })] })));
    publish(samples.leaked);
    expect(JSON.parse(written.join(''))).toMatchObject({ level: 'error', lifeguard: samples.leaked, message: expect.stringMatching(/^lifeguard: orders: /u) });
  });

  test('that throws harms nobody, and is told of', () => {
    const { lines } = open({ types: ['guard-error'] });
    const broken = Object.assign(new Lines(), {
      error() {
        throw new Error('disk full');
      },
    });
    stops.push(logger(broken, { types: ['leaked'] }));
    publish(samples.leaked);
    expect(lines.map(([, text]) => text)).toEqual(['lifeguard: orders: the guard failed in subscriber of leaked, and the application went on: disk full']);
  });

  test.each<[string, unknown, object, RegExp]>([
    ['that cannot log', {}, {}, /`to` is an object; legal: a logger with `error`, `warn` and `info`\./u],
    ['with an unknown option', console, { repeat: 1 }, /`repeat` is no option of logger; /u],
    ['with an unknown type', console, { types: ['leek'] }, /`types` is /u],
    ['with a wrong time', console, { repeatAfterMs: -1 }, /`repeatAfterMs` is -1; /u],
  ])('%s is refused at once', (_what, to, options, message) => {
    expect(() => logger(to as Logger, options)).toThrow(message);
    expect(() => logger(to as Logger, options)).toThrow(expect.objectContaining({ code: 'LIFEGUARD_BAD_OPTION' }));
  });
});
