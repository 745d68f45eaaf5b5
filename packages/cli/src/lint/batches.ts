import { availableParallelism } from 'node:os';

/** ESLint's setting for worker threads. */
export type Concurrency = number | 'auto' | 'off';

/** ESLint's own measure of how many files a worker is worth. */
const filesPerWorker = 50;
const small = 32;
const large = 2_000;

/**
 * Cuts files into the portions after which progress is told.
 *
 * Each portion starts its workers anew, so with workers it must be large; without, small ones
 * cost nothing.
 */
export function batchesOf(files: readonly string[], concurrency: Concurrency): string[][] {
  const size = startsWorkers(files.length, concurrency) ? large : small;
  const batches: string[][] = [];
  for (let start = 0; start < files.length; start += size) {
    batches.push(files.slice(start, start + size));
  }
  return batches;
}

function startsWorkers(files: number, concurrency: Concurrency): boolean {
  if (concurrency === 'auto') {
    return availableParallelism() >= 4 && files > filesPerWorker;
  }
  return concurrency !== 'off' && concurrency > 1;
}
