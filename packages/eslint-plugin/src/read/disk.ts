import { readFileSync, statSync } from 'node:fs';

const largestFile = 1_000_000;
const stamps = new Map<string, string | undefined>();

/** A host that goes from file to file without a pause is not being edited for: what the disk said is trusted meanwhile, */
const pauseMs = 500;
/** but not for longer than this: it may be one that goes through all of a project. */
const trustedMs = 2_000;
const keptTexts = 1_000;
/** The files linted since it was asked. One that is linted again asks anew: work on another may be why. */
const linted = new Set<string>();
const texts = new Map<string, string>();
let askedAtMs = 0;
let seenAtMs = 0;
let epoch = {};

/** Begins the analysis of a file, which may ask the disk anew from here on. */
export function lookAgain(filename: string): void {
  const nowMs = Date.now();
  const hasPaused = nowMs < seenAtMs || nowMs - seenAtMs > pauseMs;
  if (linted.has(filename) || hasPaused || nowMs - askedAtMs > trustedMs) {
    linted.clear();
    stamps.clear();
    texts.clear();
    askedAtMs = nowMs;
    epoch = {};
  }
  seenAtMs = nowMs;
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
  const known = texts.get(path);
  if (known !== undefined) return known;
  try {
    const text = readFileSync(path, 'utf8');
    if (texts.size >= keptTexts) texts.clear();
    texts.set(path, text);
    return text;
  } catch {
    return undefined;
  }
}
