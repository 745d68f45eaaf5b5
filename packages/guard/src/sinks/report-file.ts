import { resolve } from 'node:path';
import { systemClock, type Clock, type Timer } from '../clock.ts';
import { checkoutsNow, whenGuarded } from '../event/checkouts.ts';
import { subscribe, tellFailure } from '../event/publish.ts';
import { atLeast, check, clock, count as wholeCount, text, wrong } from '../legal.ts';
import { beforeEnd } from './process-end.ts';
import { recordOf, reportedTypes, siteRecordOf } from './record.ts';
import { RotatedFile } from './rotated-file.ts';

/** What `reportFile(path, options)` takes. */
export interface ReportFileOptions {
  /** To what paths in records are relative. Default: the working directory. */
  readonly root?: string;
  /** A file of more bytes is set aside. Default 10 MiB. */
  readonly maxBytes?: number;
  /** How many files are kept, the current one included. Default 5. */
  readonly maxFiles?: number;
  /** How long a record may wait to be written, in ms. Default 1000. */
  readonly flushAfterMs?: number;
  /** How often checkouts by site are counted into the report, in ms. Default 60,000. */
  readonly countEveryMs?: number;
  /** Where the time is from. Default: the machine. */
  readonly clock?: Clock;
}

/** A report that is being written. */
export interface ReportFile {
  /** Writes what waits. Never rejects: what could not be written waits for the next time. */
  flush(): Promise<void>;
  /** Writes what waits, at once, and writes no more. */
  stop(): void;
}

/** So many records wait while they cannot be written; then the oldest are dropped. */
const mostWaiting = 10_000;

/**
 * Writes a record of everything that points at a line to be mended, as JSON lines, for
 * `lifeguard report`: one record for each occurrence at each site. Besides, every minute and at the
 * end, it counts how often each site has acquired and given back.
 *
 * Records are written together after `flushAfterMs`, and synchronously when the process ends. One that
 * is being written at that moment may be written twice, with the same `id`.
 *
 * @param path - The file, whose folder is made. Several processes may write to it.
 * @throws LifeguardError `LIFEGUARD_BAD_OPTION`, and the error of the file system when the folder cannot be made.
 */
export function reportFile(path: string, options: ReportFileOptions = {}): ReportFile {
  if (!text.holds(path)) throw wrong('path', path, text.words);
  check(options, { root: text, maxBytes: wholeCount, maxFiles: wholeCount, flushAfterMs: atLeast(0), countEveryMs: atLeast(1), clock }, '', 'reportFile');
  const time = options.clock ?? systemClock;
  const root = resolve(options.root ?? '.');
  const { flushAfterMs = 1000, countEveryMs = 60_000, maxBytes = 10 * 1024 * 1024, maxFiles = 5 } = options;
  const file = new RotatedFile(resolve(path), maxBytes, maxFiles);
  let waiting: string[] = [];
  let writing: readonly string[] = [];
  let written = Promise.resolve();
  let timer: Timer | undefined;
  let counting: Timer | undefined;
  let isStopped = false;
  /** What of the checkouts is in the report already, by pool and site. */
  const counted = new WeakMap<object, Map<string, number>>();

  const unsubscribe = subscribe((event) => {
    const record = recordOf(event, root);
    if (record === undefined) return;
    waiting.push(`${JSON.stringify(record)}\n`);
    if (waiting.length > mostWaiting) waiting.shift();
    schedule();
  }, reportedTypes);
  const stay = beforeEnd(flushSync);
  const deafen = whenGuarded(countLater);
  return {
    flush() {
      if (!isStopped) count();
      return flush();
    },
    stop() {
      if (!isStopped) count();
      isStopped = true;
      counting?.cancel();
      deafen();
      unsubscribe();
      stay();
      writeNow(waiting);
    },
  };

  function countLater(): void {
    counting = time.after(countEveryMs, () => {
      count();
      countLater();
      if (waiting.length > 0) schedule();
    });
  }

  function count(): void {
    for (const checkouts of checkoutsNow()) {
      const { ledger, site } = checkouts;
      const ofLedger = counted.get(ledger) ?? new Map<string, number>();
      counted.set(ledger, ofLedger);
      const key = `${site.file}:${site.line}:${site.column}`;
      const more = checkouts.count - (ofLedger.get(key) ?? 0);
      if (more === 0) continue;
      ofLedger.set(key, checkouts.count);
      waiting.push(`${JSON.stringify(siteRecordOf(checkouts, more, time.wall(), root))}\n`);
    }
  }

  function schedule(): void {
    timer ??= time.after(flushAfterMs, () => void flush());
  }

  function flush(): Promise<void> {
    timer?.cancel();
    timer = undefined;
    written = written.then(async () => {
      if (waiting.length === 0) return;
      writing = waiting;
      waiting = [];
      try {
        await file.append(writing.join(''), time.wall());
      } catch (error) {
        waiting = [...writing, ...waiting].slice(-mostWaiting);
        fail(error);
        if (!isStopped) schedule();
      }
      writing = [];
    });
    return written;
  }

  /** The process ends: nobody will know whether what is being written has arrived. */
  function flushSync(): void {
    count();
    // A line that is half written is ended first.
    writeNow(writing.length === 0 ? waiting : ['\n', ...writing, ...waiting]);
  }

  function writeNow(lines: readonly string[]): void {
    timer?.cancel();
    timer = undefined;
    waiting = [];
    if (lines.length === 0) return;
    try {
      file.appendSync(lines.join(''), time.wall());
    } catch (error) {
      fail(error);
    }
  }

  function fail(error: unknown): void {
    tellFailure('report-file', time.wall(), 'report-file', error);
  }
}
