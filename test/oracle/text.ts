import type { Driver } from './program.ts';

const acquires: Readonly<Record<Driver, string>> = {
  pg: 'pool.connect()',
  mysql2: 'mpool.getConnection()',
};

export function acquireCall(driver: Driver): string {
  return acquires[driver];
}

/** The lines of a program being printed, and the names it has used. */
export class Text {
  readonly lines: string[] = [];
  readonly parameters: string[] = [];
  #names = 0;
  #depth = 1;

  line(text: string): void {
    this.lines.push('  '.repeat(this.#depth) + text);
  }

  indented(print: () => unknown): void {
    this.#depth++;
    print();
    this.#depth--;
  }

  nest(open: string, print: () => unknown, close: string): void {
    this.line(open);
    this.indented(print);
    this.line(close);
  }

  name(prefix: string): string {
    this.#names++;
    return `${prefix}${this.#names}`;
  }

  /** A condition with another answer each time. */
  member(): string {
    return `env.${this.name('a')}`;
  }

  /** A condition with one answer for the whole run; no two are the same. */
  parameter(): string {
    const name = this.name('p');
    this.parameters.push(name);
    return name;
  }

  /** A connection that the caller may give; no two are the same. */
  given(): string {
    const name = this.name('g');
    this.parameters.push(name);
    return name;
  }

  /** An opaque number below `arity`. */
  selector(arity: number): string {
    return `env.${this.name(`k${arity}_`)}`;
  }
}
