import { fork } from 'node:child_process';
import { once } from 'node:events';
import { openSync, closeSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { environmentWith } from '../machine/environment.ts';
import type { Postgres } from '../machine/postgres.ts';
import type { Workplace } from '../machine/workplace.ts';
import { type Answers, Load } from './load.ts';
import type { Answer, Request, Seen } from './wire.ts';

/** What a run of the service came to. */
export interface Run {
  readonly answers: Answers;
  readonly seen: Seen;
}

/** One copy of the service in a process of its own. */
class Process {
  readonly #child;
  readonly #ended: Promise<never>;

  constructor(folder: string, { url }: Postgres, { endWith }: Workplace) {
    const log = openSync(path.join(folder, 'service.log'), 'a');
    this.#child = fork(fileURLToPath(new URL('host.js', import.meta.url)), [folder], {
      cwd: folder,
      env: environmentWith({ DATABASE_URL: url, LIFEGUARD: '', NODE_OPTIONS: '' }),
      execArgv: [],
      stdio: ['ignore', log, log, 'ipc'],
    });
    closeSync(log);
    const { pid } = this.#child;
    const hasEnded = pid === undefined ? undefined : endWith(pid, 'SIGKILL');
    this.#ended = once(this.#child, 'exit').then(([code]) => {
      hasEnded?.();
      throw new Error(`The service ended by itself, with ${String(code)}: see ${folder}/service.log`);
    });
    this.#ended.catch(() => undefined);
  }

  ask(request: Request): void {
    this.#child.send(request);
  }

  async answer<To extends Answer['to']>(to: To): Promise<Extract<Answer, { to: To }>> {
    const heard = new Promise<Extract<Answer, { to: To }>>((resolve) => {
      const hear = (answer: Answer): void => {
        if (isTo(answer, to)) {
          this.#child.off('message', hear);
          resolve(answer);
        }
      };
      this.#child.on('message', hear);
    });
    return Promise.race([heard, this.#ended]);
  }

  async end(): Promise<void> {
    if (this.#child.connected) {
      this.#child.disconnect();
    }
    await this.#ended.catch(() => undefined);
  }
}

function isTo<To extends Answer['to']>(
  answer: Answer,
  to: To,
): answer is Extract<Answer, { to: To }> {
  return answer.to === to;
}

/**
 * Runs a compiled copy of the service under the guard and under load, and cuts off its idle
 * connections in the middle.
 *
 * @param loadMs - How long it is asked, in all.
 * @throws Error when the service ends by itself.
 */
export async function runService(
  folder: string,
  postgres: Postgres,
  workplace: Workplace,
  loadMs: number,
): Promise<Run> {
  const service = new Process(folder, postgres, workplace);
  let load: Load | undefined;
  try {
    const { port } = await service.answer('start');
    load = new Load(port);
    await load.press(loadMs / 2);
    service.ask('settle');
    await service.answer('settle');
    service.ask('cut');
    await service.answer('cut');
    await load.press(loadMs / 2);
    service.ask('end');
    const { seen } = await service.answer('end');
    return { answers: load.answers, seen };
  } finally {
    load?.close();
    await service.end();
  }
}
