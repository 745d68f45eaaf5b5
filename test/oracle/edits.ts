import type { TSESTree } from '@typescript-eslint/utils';

interface Edit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
  readonly closes: boolean;
}

type Range = readonly [number, number];

/** Insertions and replacements in one text, collected outermost first. */
export class Edits {
  readonly #source: string;
  readonly #edits: Edit[] = [];

  constructor(source: string) {
    this.#source = source;
  }

  replace([start, end]: Range, text: string): void {
    this.#edits.push({ start, end, text, closes: false });
  }

  open(at: number, text: string): void {
    this.#edits.push({ start: at, end: at, text, closes: false });
  }

  close(at: number, text: string): void {
    this.#edits.push({ start: at, end: at, text, closes: true });
  }

  wrap([start, end]: Range, before: string, after: string): void {
    this.open(start, before);
    this.close(end, after);
  }

  firstArgument(call: TSESTree.CallExpression, text: string): void {
    const [first] = call.arguments;
    if (first) this.open(first.range[0], `${text}, `);
    else this.open(call.range[1] - 1, text);
  }

  apply(): string {
    const ordered = this.#edits
      .map((edit, order) => ({ ...edit, order: edit.closes ? -order : order }))
      .sort((a, b) => a.start - b.start || Number(b.closes) - Number(a.closes) || a.order - b.order);
    let text = '';
    let at = 0;
    for (const edit of ordered) {
      text += this.#source.slice(at, edit.start) + edit.text;
      at = edit.end;
    }
    return text + this.#source.slice(at);
  }
}
