import type { Ping } from '@lifeguard/catalogue';
import { methodOf } from '../patch.ts';
import type { Told } from './health.ts';

/** Calls a method of a connection in the form that its driver has; `told` is called once, whatever happens. */
export function ask(resource: unknown, method: string, args: readonly unknown[], settles: Ping['settles'], told: Told): void {
  const once = onlyOnce(told);
  const call = methodOf(resource, method);
  if (call === undefined) {
    once(new Error(`The connection has no method ${method}.`));
    return;
  }
  try {
    if (settles !== 'promise') {
      Reflect.apply(call, resource, [...args, once]);
      return;
    }
    Promise.resolve(Reflect.apply(call, resource, args)).then(
      (answer: unknown) => once(undefined, answer),
      (error: unknown) => once(error ?? new Error('The connection failed.')),
    );
  } catch (error) {
    once(error ?? new Error('The connection failed.'));
  }
}

function onlyOnce(told: Told): Told {
  let isTold = false;
  return (error, answer) => {
    if (isTold) return;
    isTold = true;
    told(error === null ? undefined : error, answer);
  };
}

/** The first value of the first row, in the forms that drivers answer in. */
export function firstValue(answer: unknown): unknown {
  const rows: unknown = Array.isArray(answer) ? answer : isObject(answer) ? answer['rows'] : undefined;
  const row: unknown = Array.isArray(rows) ? rows[0] : undefined;
  return isObject(row) ? Object.values(row)[0] : undefined;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}

/** Keeps the process alive while nobody else listens to a connection that may break; until the returned function is called. */
export function surviveErrors(resource: unknown): () => void {
  const [on, off] = [methodOf(resource, 'on'), methodOf(resource, 'removeListener')];
  if (on === undefined || off === undefined) return () => undefined;
  const heard = (): void => undefined;
  Reflect.apply(on, resource, ['error', heard]);
  return () => void Reflect.apply(off, resource, ['error', heard]);
}
