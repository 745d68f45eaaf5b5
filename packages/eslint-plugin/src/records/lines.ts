import { closeSync, openSync, readFileSync, readSync } from 'node:fs';
import { constants, gunzipSync } from 'node:zlib';

const chunkBytes = 1 << 18;
/** No record is as long; a longer line is not kept in memory. */
const longestBytes = 1 << 20;
/** A packed report is unpacked in memory, up to this. */
const mostUnpacked = 1 << 28;

/**
 * The lines of a report file, in constant memory; `undefined` stands for one that is too long for a
 * record. A file that ends in `.gz` is unpacked.
 *
 * @throws the error of the file system, or of an archive that is none.
 */
export function* linesIn(path: string): Generator<string | undefined, void> {
  const carry = new Carry();
  for (const chunk of path.endsWith('.gz') ? [unpacked(path)] : chunksOf(path)) {
    let start = 0;
    for (let end = chunk.indexOf(10); end >= 0; end = chunk.indexOf(10, start)) {
      yield carry.with(chunk.subarray(start, end));
      start = end + 1;
    }
    carry.keep(chunk.subarray(start));
  }
  yield carry.with(Buffer.alloc(0));
}

/** The beginning of a line of which the end is still to come. */
class Carry {
  #parts: Buffer[] = [];
  #bytes = 0;

  keep(part: Buffer): void {
    this.#bytes += part.length;
    // The buffer of a chunk is used again for the next.
    if (this.#bytes <= longestBytes) this.#parts.push(Buffer.from(part));
    else this.#parts = [];
  }

  with(rest: Buffer): string | undefined {
    const isTooLong = this.#bytes + rest.length > longestBytes;
    const line = isTooLong ? undefined : this.#bytes === 0 ? rest.toString('utf8') : Buffer.concat([...this.#parts, rest]).toString('utf8');
    this.#parts = [];
    this.#bytes = 0;
    return line;
  }
}

function* chunksOf(path: string): Generator<Buffer, void> {
  const file = openSync(path, 'r');
  try {
    const buffer = Buffer.allocUnsafe(chunkBytes);
    for (let read = readSync(file, buffer); read > 0; read = readSync(file, buffer)) yield buffer.subarray(0, read);
  } finally {
    closeSync(file);
  }
}

function unpacked(path: string): Buffer {
  // A file that is still being written has no end.
  return gunzipSync(readFileSync(path), { finishFlush: constants.Z_SYNC_FLUSH, maxOutputLength: mostUnpacked });
}
