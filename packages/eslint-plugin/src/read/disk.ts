import { readFileSync, statSync } from 'node:fs';

const largestFile = 1_000_000;
const stamps = new Map<string, string | undefined>();

/** What the disk said is trusted so long, while the host goes on from file to file. */
const trustedMs = 2_000;
/** The files linted since it was asked. One that is linted again asks anew: work on another may be why. */
const linted = new Set<string>();
let askedAtMs = 0;
let epoch = {};

/** Begins the analysis of a file, which may ask the disk anew from here on. */
export function lookAgain(filename: string): void {
  const nowMs = Date.now();
  if (linted.has(filename) || nowMs < askedAtMs || nowMs - askedAtMs > trustedMs) {
    linted.clear();
    stamps.clear();
    askedAtMs = nowMs;
    epoch = {};
  }
  linted.add(filename);
}

/** An object that is another once the disk is asked anew: what was found out from it holds as long. */
export function diskEpoch(): object {
  return epoch;
}

/** The version of a file: when it was changed, and its size; `undefined` where there is none. */
export function stampOf(path: string): string | undefined {
  if (stamps.has(path)) return stamps.get(path);
  const stamp = readStamp(path);
  stamps.set(path, stamp);
  return stamp;
}

function readStamp(path: string): string | undefined {
  try {
    const stat = statSync(path, { throwIfNoEntry: false });
    return stat?.isFile() === true && stat.size <= largestFile ? `${stat.mtimeMs}:${stat.size}` : undefined;
  } catch {
    // A file where a folder is asked for, a folder nobody may read.
    return undefined;
  }
}

/** The text of a file; `undefined` where it cannot be read. */
export function textOf(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}
