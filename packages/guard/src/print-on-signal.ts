import { WeakMembers } from './lease/weak-members.ts';

/** A signal on which a process may print: not one that ends it or that Node has taken for itself. */
export type PrintSignal = 'SIGUSR2' | 'SIGHUP';

const tables = new Map<PrintSignal, WeakMembers<() => string>>();

/**
 * Prints a table to standard error whenever the signal comes, until the returned function is called.
 *
 * All pools share one listener, which does not keep the process alive. Where Windows or a worker
 * thread has no such signal, nothing is printed.
 */
export function printOn(signal: PrintSignal, table: () => string): () => void {
  let all = tables.get(signal);
  if (all === undefined) {
    tables.set(signal, (all = new WeakMembers()));
    process.on(signal, print);
  }
  all.add(table);
  return () => {
    const left = tables.get(signal);
    left?.delete(table);
    if (left?.isEmpty !== true) return;
    tables.delete(signal);
    process.removeListener(signal, print);
  };
}

function print(signal: NodeJS.Signals): void {
  const wanted = signal === 'SIGUSR2' || signal === 'SIGHUP' ? tables.get(signal) : undefined;
  for (const table of wanted ?? []) process.stderr.write(table());
}
