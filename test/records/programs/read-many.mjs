// Writes so many records into ten files, of ever new checkouts at ever new sites, reads them, and prints the heap after each.
import { closeSync, openSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { Production } from '../../../packages/eslint-plugin/dist/records/index.js';

const [folder = '', count = ''] = process.argv.slice(2);
const perFile = Number(count) / 10;
const production = new Production();
const heaps = [];
for (let file = 0; file < 10; file += 1) {
  const path = join(folder, `${file}.jsonl`);
  write(path, file * perFile);
  production.read(path);
  rmSync(path);
  globalThis.gc?.();
  heaps.push(Math.round(process.memoryUsage().heapUsed / 1024));
}
const tallies = production.tallies();
const sum = (/** @type {'leaks' | 'withdrawn' | 'checkouts'} */ name) => tallies.reduce((total, tally) => total + tally[name], 0);
process.send?.({
  heaps, sites: tallies.length, leaks: sum('leaks'), withdrawn: sum('withdrawn'), checkouts: sum('checkouts'),
  records: production.records, unlisted: production.unlisted, duplicates: production.skipped.duplicate, broken: production.skipped.broken,
});

/**
 * Of four records one is a leak that stays, two are a leak and its return, one counts; each fourth is written twice.
 *
 * @param {string} path
 * @param {number} first
 */
function write(path, first) {
  const out = openSync(path, 'w');
  for (let start = 0; start < perFile; start += 1000) {
    let text = '';
    for (let number = first + start; number < first + start + 1000; number += 1) text += `${lineOf(number)}\n`;
    writeSync(out, `${text}{"half": \n`);
  }
  closeSync(out);
}

/** @param {number} number */
function lineOf(number) {
  const kind = number % 4;
  const line = 1 + (Math.floor(number / 4) % 20_000);
  const record = {
    schemaVersion: 1, id: `host-${number % 7}:1:1762000000000:${number}`, at: new Date(1_762_000_000_000 + number * 1000).toISOString(),
    host: 'host', pid: 1, pool: 'orders', lease: kind === 2 ? number - 1 : number, scope: `GET /orders/${number}`, heldMs: number % 60_000,
    site: { file: `src/orders-${line % 100}.ts`, line, column: 29, function: 'find', lineHash: 'abcdefabcdefabcd' },
    fingerprint: 'SELECT * FROM orders WHERE id = $1', evidence: 'idle', occurrences: 1,
  };
  const types = [{ type: 'leaked' }, { type: 'leaked' }, { type: 'returned-late' }, { type: 'site', checkouts: 1 }];
  const text = JSON.stringify({ ...record, ...types[kind] });
  return kind === 3 ? `${text}\n${text}` : text;
}
