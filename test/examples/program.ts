import { spawn } from 'node:child_process';
import { once } from 'node:events';

/** An example that runs. */
export interface Running {
  /** What it printed to both streams. */
  output(): string;
  /** Waits for something that it prints. */
  printed(what: RegExp): Promise<RegExpExecArray>;
  /** Asks its HTTP server. */
  ask(path: string, body?: object): Promise<{ readonly status: number; readonly body: unknown }>;
  /** Tells it to end, with SIGTERM unless with another, and waits until it has. */
  end(signal?: NodeJS.Signals): Promise<{ readonly code: number | null; readonly signal: NodeJS.Signals | null }>;
}

/** Starts a program of Node on a port that it chooses itself and prints: `listening on 43211`. */
export function start(args: readonly string[], cwd: string, environment: NodeJS.ProcessEnv): Running {
  const child = spawn(process.execPath, args, { cwd, env: { ...process.env, PORT: '0', ...environment }, stdio: ['ignore', 'pipe', 'pipe'] });
  const ended = once(child, 'close');
  let output = '';
  const heard = new Set<() => void>();
  const hear = (chunk: string): void => {
    output += chunk;
    for (const told of [...heard]) told();
  };
  child.stdout.setEncoding('utf8').on('data', hear);
  child.stderr.setEncoding('utf8').on('data', hear);
  const printed = (what: RegExp): Promise<RegExpExecArray> => new Promise((resolve, reject) => {
    const look = (): void => {
      const found = what.exec(output);
      if (found === null) return;
      heard.delete(look);
      resolve(found);
    };
    heard.add(look);
    look();
    ended.then(() => reject(new Error(`${args.join(' ')} ended without ${String(what)}:\n${output}`)), reject);
  });
  return {
    output: () => output,
    printed,
    ask: async (path, body) => {
      const [, port = ''] = await printed(/listening on (\d+)/u);
      const response = await fetch(`http://localhost:${port}${path}`, body && { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });
      const isJson = response.headers.get('content-type')?.includes('json') === true;
      return { status: response.status, body: isJson ? await response.json() : await response.text() };
    },
    end: async (signal = 'SIGTERM') => {
      child.kill(signal);
      await ended;
      return { code: child.exitCode, signal: child.signalCode };
    },
  };
}
