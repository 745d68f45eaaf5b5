import { paintFor, type Paint } from './format/paint.ts';
import type { Problem } from './problem.ts';

/** Where results and remarks go: results to stdout, everything else to stderr. */
export interface Terminal {
  readonly stdout: NodeJS.WriteStream;
  readonly stderr: NodeJS.WriteStream;
  readonly paint: Paint;
  readonly remarks: Paint;
}

/** The terminal of this process. */
export function openTerminal(): Terminal {
  const { stdout, stderr, env } = process;
  for (const stream of [stdout, stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      // Whoever reads us has seen enough: `lifeguard check | head`.
      if (error.code !== 'EPIPE') {
        throw error;
      }
    });
  }
  return { stdout, stderr, paint: paintFor(stdout, env), remarks: paintFor(stderr, env) };
}

/** Tells a person what went wrong and how to mend it. */
export function complain({ code, message }: Problem, { stderr, remarks }: Terminal): void {
  stderr.write(`${remarks.red('error')} ${remarks.bold(code)} ${message}\n`);
}

/** Tells a person something that needs no action. */
export function remark({ code, message }: Problem, { stderr, remarks }: Terminal): void {
  stderr.write(`${remarks.dim(`note ${code} ${message}`)}\n`);
}
