import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Account } from './account.ts';
import { type Folder, unref } from './folder.ts';
import { signal, tree } from './tree.ts';

/** What a client or a pool of a database takes. */
export interface Config {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly password: string;
  readonly database: string;
}

/** How a server is run. */
export interface Command {
  readonly file: string;
  readonly arguments: readonly string[];
  readonly account: Account | undefined;
  readonly folder: Folder;
  readonly environment?: NodeJS.ProcessEnv;
  /** What it prints when it answers. */
  readonly ready: RegExp;
  /** The signal that shuts it down in good order. */
  readonly stopSignal: NodeJS.Signals;
}

const deadlyNames = new Set<NodeJS.Signals>(['SIGINT', 'SIGKILL', 'SIGQUIT', 'SIGTERM']);
const longestLog = 64 * 1024;

/** A server's process: started, signalled, started again on the same port and data, and stopped. */
export class Server {
  readonly #command: Command;
  #child: ChildProcess | undefined;
  #log = '';

  constructor(command: Command) {
    this.#command = command;
  }

  /** Whether the main process runs, frozen or not. */
  get running(): boolean {
    return this.#child !== undefined;
  }

  /** The main process; it changes with {@link Server.restart}. */
  get pid(): number {
    const pid = this.#child?.pid;
    if (pid === undefined) throw new Error('The server does not run.');
    return pid;
  }

  /** The temporary folder with all its files. */
  get folder(): string {
    return this.#command.folder.path;
  }

  /** The end of what the server printed since its first start. */
  get log(): string {
    return this.#log;
  }

  /**
   * Starts the server, and waits until it answers.
   *
   * @throws Error with what it printed, when it ends instead.
   */
  async start(): Promise<void> {
    const { file, account, folder, environment, ready } = this.#command;
    const child = spawn(file, this.#command.arguments, {
      ...account,
      cwd: folder.path,
      env: { ...process.env, ...environment },
      stdio: ['ignore', 'pipe', 'pipe'],
      // An interrupt from the terminal is for the tests; the folder's keeper ends the server.
      detached: true,
    });
    this.#child = child;
    folder.keep(child.pid);
    child.once('exit', () => {
      if (this.#child !== child) return;
      this.#child = undefined;
      folder.keep(undefined);
    });
    let printed = '';
    await new Promise<void>((resolve, reject) => {
      const read = (chunk: string): void => {
        this.#log = (this.#log + chunk).slice(-longestLog);
        printed = (printed + chunk).slice(-longestLog);
        if (ready.test(printed)) resolve();
      };
      child.stdout.setEncoding('utf8').on('data', read);
      child.stderr.setEncoding('utf8').on('data', read);
      child.once('error', reject);
      child.once('close', () => reject(new Error(`${file} ended:\n${printed}`)));
    });
    unref(child);
  }

  /**
   * Sends a signal to the server and to each of its processes, and waits for the end if it is one that ends
   * them: `SIGKILL` is the crash, `SIGTERM` the shutdown, `SIGSTOP` the freeze, `SIGCONT` its end.
   */
  async kill(name: NodeJS.Signals): Promise<void> {
    const child = this.#child;
    // A server tells its processes of a shutdown itself.
    const shutdown = deadlyNames.has(name) && name !== 'SIGKILL';
    const pids = shutdown ? [this.pid] : tree(this.pid);
    if (child === undefined || !deadlyNames.has(name)) return signal(pids, name);
    const gone = once(child, 'exit');
    child.ref();
    signal(pids, name);
    await gone;
  }

  /** Stops the server, if it runs, and starts it again on the same port and data. */
  async restart(name: NodeJS.Signals = this.#command.stopSignal): Promise<void> {
    if (this.#child !== undefined) await this.kill(name);
    await this.start();
  }

  /** Ends the server, frozen or not, and removes its folder; a second call does nothing. */
  async stop(): Promise<void> {
    if (this.#child !== undefined) signal(tree(this.pid), 'SIGCONT');
    await this.#command.folder.remove();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.stop();
  }
}
