import { Worker } from 'node:worker_threads';

/** A file that the rules could not cope with. */
export interface Trouble {
  readonly file: string;
  readonly why: string;
}

/** What became of many files. */
export interface Survived {
  readonly linted: number;
  readonly troubles: readonly Trouble[];
  /** The files that took longest, in milliseconds. */
  readonly slowest: readonly (readonly [file: string, took: number])[];
}

type Message = { readonly starts: string } | { readonly crashed: string; readonly why: string };

/** A thread that says nothing for so long hangs, however slow the machine is. */
const patience = 60_000;

/** Lints files with every rule; a crash or a hang of one does not stop the others. */
export async function lintAll(files: readonly string[], root: string): Promise<Survived> {
  const troubles: Trouble[] = [];
  const took = new Map<string, number>();
  let rest = files;
  while (rest.length > 0) {
    const hung = await lintUntilHung(rest, root, troubles, took);
    if (hung === undefined) break;
    troubles.push({ file: hung, why: `no answer within ${String(patience)} ms` });
    rest = rest.slice(rest.indexOf(hung) + 1);
  }
  const slowest = [...took].sort((one, other) => other[1] - one[1]).slice(0, 5);
  return { linted: took.size, troubles, slowest };
}

function lintUntilHung(
  files: readonly string[],
  root: string,
  troubles: Trouble[],
  took: Map<string, number>,
): Promise<string | undefined> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL('worker.mjs', import.meta.url), { workerData: { root, files } });
    let current: string | undefined;
    let since = performance.now();
    const finish = (): void => {
      if (current !== undefined) took.set(current, performance.now() - since);
    };
    const giveUp = (): void => {
      void worker.terminate();
      resolve(current);
    };
    let timer = setTimeout(giveUp, patience);
    worker.on('message', (message: Message) => {
      if ('crashed' in message) {
        troubles.push({ file: message.crashed, why: message.why });
        return;
      }
      finish();
      current = message.starts;
      since = performance.now();
      clearTimeout(timer);
      timer = setTimeout(giveUp, patience);
    });
    worker.on('error', reject);
    worker.on('exit', () => {
      clearTimeout(timer);
      finish();
      resolve(undefined);
    });
  });
}
