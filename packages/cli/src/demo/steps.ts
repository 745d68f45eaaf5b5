import { clearLine, cursorTo } from 'node:readline';
import type { Terminal } from '../terminal.ts';

const redrawEveryMs = 100;

/** Shows what is being done, and how long it took: a line for each step. */
export class Steps {
  readonly #terminal: Terminal;

  constructor(terminal: Terminal) {
    this.#terminal = terminal;
  }

  /**
   * Does one step.
   *
   * @param work - May say more about what it is doing.
   */
  async step<T>(text: string, work: (say: (more: string) => void) => Promise<T>): Promise<T> {
    const { stderr, remarks } = this.#terminal;
    const started = performance.now();
    const seconds = (): string => remarks.dim(`${((performance.now() - started) / 1000).toFixed(1)} s`);
    let more = '';
    const draw = (): void => this.#draw(`${remarks.yellow('…')} ${text}${more} ${seconds()}`);
    if (!stderr.isTTY) {
      stderr.write(`  ${text} … `);
    }
    const timer = stderr.isTTY ? setInterval(draw, redrawEveryMs).unref() : undefined;
    try {
      const result = await work((said) => {
        more = `: ${said}`;
        draw();
      });
      this.#draw('');
      stderr.write(stderr.isTTY ? `${remarks.green('✔')} ${text} ${seconds()}\n` : `${seconds()}\n`);
      return result;
    } catch (error) {
      stderr.write('\n');
      throw error;
    } finally {
      clearInterval(timer);
    }
  }

  #draw(line: string): void {
    const { stderr } = this.#terminal;
    if (stderr.isTTY) {
      cursorTo(stderr, 0);
      clearLine(stderr, 0);
      stderr.write(line);
    }
  }
}
