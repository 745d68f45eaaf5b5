import { LifeguardError } from '../errors.ts';

/** Tells the operator, on standard error and to listeners of `'warning'`; the program goes on. */
export function warn({ message, code }: LifeguardError): void {
  process.emitWarning(message, { type: 'LifeguardWarning', code });
}

/** Tells that a part of the guard could not do its work. */
export function warnOfFailure(during: string, error: unknown): void {
  const message = error instanceof Error ? error.message : String(error);
  warn(new LifeguardError('LIFEGUARD_NOT_REGISTERED', `The guard could not be registered: ${during} failed: ${message.replace(/\.$/u, '')}.`));
}
