import { LifeguardError } from '../errors.ts';

/** Tells the operator, on standard error and to listeners of `'warning'`; the program goes on. */
export function warn({ message, code }: LifeguardError): void {
  process.emitWarning(message, { type: 'LifeguardWarning', code });
}

/** Tells that a part of the guard could not do its work. */
export function warnOfFailure(during: string, error: unknown): void {
  warn(new LifeguardError('LIFEGUARD_NOT_REGISTERED', `The guard could not be registered: ${during} failed: ${textOf(error).replace(/\.$/u, '')}.`));
}

/** Whatever was thrown: some objects are no text. */
function textOf(error: unknown): string {
  try {
    return String(error instanceof Error ? error.message : error);
  } catch {
    return 'what was thrown has no message';
  }
}
