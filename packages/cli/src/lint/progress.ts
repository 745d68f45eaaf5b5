import { clearLine, cursorTo } from 'node:readline';

const redrawEveryMs = 100;
const lineEveryMs = 5_000;

/** Says on long runs how far the check has come. */
export interface Progress {
  update(done: number): void;
  /** Leaves the terminal as it was. */
  stop(): void;
}

/** A line that is redrawn on a terminal; elsewhere, in a log, a new one every five seconds. */
export function startProgress(
  stream: NodeJS.WriteStream,
  total: number,
  subject = '',
): Progress {
  const started = performance.now();
  let done = 0;
  let last = stream.isTTY ? 0 : started;

  function line(): string {
    const seconds = Math.round((performance.now() - started) / 1000);
    return `Checking ${subject}${subject && ': '}${done} of ${total} files … ${seconds} s`;
  }

  function show(): void {
    const now = performance.now();
    if (now - last < (stream.isTTY ? redrawEveryMs : lineEveryMs)) {
      return;
    }
    last = now;
    if (stream.isTTY) {
      redraw(stream, line());
    } else {
      stream.write(`${line()}\n`);
    }
  }

  // Workers leave this thread free, and silent until they are done.
  const timer = setInterval(show, 1_000).unref();

  return {
    update(now) {
      done = now;
      show();
    },
    stop() {
      clearInterval(timer);
      if (stream.isTTY) {
        redraw(stream, '');
      }
    },
  };
}

function redraw(stream: NodeJS.WriteStream, text: string): void {
  cursorTo(stream, 0);
  clearLine(stream, 0);
  stream.write(text.slice(0, stream.columns - 1));
}
