import { appendFileSync, mkdirSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { appendFile } from 'node:fs/promises';
import { basename, dirname, extname, join } from 'node:path';

/**
 * A file that is only appended to, and set aside when it is full, under a name of its own, so that
 * processes that write to the same file lose nothing of each other.
 */
export class RotatedFile {
  readonly #path: string;
  readonly #longest: number;
  readonly #most: number;

  constructor(path: string, longest: number, most: number) {
    this.#path = path;
    this.#longest = longest;
    this.#most = most;
    mkdirSync(dirname(path), { recursive: true });
  }

  async append(text: string, atMs: number): Promise<void> {
    this.#rotate(Buffer.byteLength(text), atMs);
    await appendFile(this.#path, text);
  }

  appendSync(text: string, atMs: number): void {
    this.#rotate(Buffer.byteLength(text), atMs);
    appendFileSync(this.#path, text);
  }

  #rotate(more: number, atMs: number): void {
    const size = statSync(this.#path, { throwIfNoEntry: false })?.size ?? 0;
    if (size === 0 || size + more <= this.#longest) return;
    const { folder, stem, ending } = this.#parts();
    const stamp = new Date(atMs).toISOString().replaceAll(/[:.]/gu, '-');
    const previous = this.#aside().findLast((name) => name.startsWith(`${stem}-${stamp}-`));
    const next = previous === undefined ? 0 : Number(previous.slice(`${stem}-${stamp}-`.length).split('-')[0]) + 1;
    renameSync(this.#path, join(folder, `${stem}-${stamp}-${String(next).padStart(4, '0')}-${process.pid}${ending}`));
    for (const name of this.#aside().slice(0, -this.#most + 1 || undefined)) rmSync(join(folder, name), { force: true });
  }

  /** The names of the files set aside, oldest first. */
  #aside(): readonly string[] {
    const { folder, stem, ending } = this.#parts();
    return readdirSync(folder)
      .filter((name) => name.startsWith(`${stem}-`) && name.endsWith(ending) && /-\d{4}-\d\d-\d\dT[\d-]+Z-\d{4,}-\d+$/u.test(name.slice(0, -ending.length || undefined)))
      .sort();
  }

  #parts(): { readonly folder: string; readonly stem: string; readonly ending: string } {
    const ending = extname(this.#path);
    return { folder: dirname(this.#path), stem: basename(this.#path, ending), ending };
  }
}
