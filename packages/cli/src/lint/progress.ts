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
  let last = stream.isTTY ? 0 : started;

  function line(done: number): string {
    const seconds = Math.round((performance.now() - started) / 1000);
    return `Checking ${subject}${subject && ': '}${done} of ${total} files … ${seconds} s`;
  }

  return {
    update(done) {
      const now = performance.now();
      if (now - last < (stream.isTTY ? redrawEveryMs : lineEveryMs)) {
        return;
      }
      last = now;
      if (stream.isTTY) {
        redraw(stream, line(done));
      } else {
        stream.write(`${line(done)}\n`);
      }
    },
    stop() {
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
