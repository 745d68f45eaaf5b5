/**
 * Calls before the process ends, until the returned function is called: at its exit, before an
 * uncaught exception ends it, and at SIGTERM.
 *
 * At SIGTERM only where the application has no listener of its own, since one takes away that the
 * signal ends the process: ours calls, goes, and sends the signal again, so that the process ends as
 * it would have. As soon as the application listens, ours is gone.
 */
export function beforeEnd(call: () => void): () => void {
  const terminate = (): void => {
    call();
    stepAside();
    process.kill(process.pid, 'SIGTERM');
  };
  const stepAside = (): void => {
    process.removeListener('SIGTERM', terminate);
    process.removeListener('newListener', notice);
  };
  const notice = (event: string | symbol, listener: unknown): void => {
    // Node stops listening to a signal when its last listener goes, and theirs is not yet there.
    if (event === 'SIGTERM' && listener !== terminate) process.nextTick(stepAside);
  };
  process.on('exit', call);
  process.on('uncaughtExceptionMonitor', call);
  if (process.listenerCount('SIGTERM') === 0) {
    process.on('SIGTERM', terminate);
    process.on('newListener', notice);
  }
  return () => {
    process.removeListener('exit', call);
    process.removeListener('uncaughtExceptionMonitor', call);
    stepAside();
  };
}
