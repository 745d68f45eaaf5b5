import { wrapped, type Loaded } from './esm-source.ts';
import { know, type Makers } from './packages.ts';

/** The hooks of `node:module`'s `register`, which run in a thread of their own. */
export function initialize(makers: Makers): void {
  know(makers);
}

type Next<C> = (url: string, context: C) => Promise<Loaded>;

/** Wraps the makers of a module that was written as ESM. */
export async function load<C>(url: string, context: C, next: Next<C>): Promise<Loaded> {
  return wrapped(url, await next(url, context));
}
