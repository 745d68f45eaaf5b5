import { nearest } from './nearest.ts';
import { RecordError } from './record-error.ts';

/**
 * What a value must look like. A shape is written against its type, so that the compiler notices
 * when the two part: `object<Release>` wants a shape for every field of `Release`.
 */
export interface Shape<T> {
  /** The legal values in words, for messages. */
  readonly legal: string;
  /** Throws a {@link RecordError} that names the first wrong field. */
  check(value: unknown, path: string): asserts value is T;
}

/** The shape of a field that may be absent. */
export interface OptionalShape<T> {
  readonly optional: Shape<T>;
}

/** One shape per field; optional fields of the type, and only they, are `optional(…)`. */
export type Fields<T> = {
  readonly [K in keyof T]-?: undefined extends T[K]
    ? OptionalShape<Exclude<T[K], undefined>>
    : Shape<T[K]>;
};

/** Makes a field one that may be absent. */
export function optional<T>(shape: Shape<T>): OptionalShape<T> {
  return { optional: shape };
}

function fail(path: string, value: unknown, legal: string, meant?: string): never {
  throw new RecordError(path, value === undefined ? 'is missing' : `is ${show(value)}`, legal, meant);
}

function show(value: unknown): string {
  if (typeof value === 'function') return 'a function';
  if (typeof value === 'object' && value !== null) return Array.isArray(value) ? 'an array' : 'an object';
  return typeof value === 'string' ? JSON.stringify(value) : String(value);
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A non-empty string, narrowed by a pattern where one is given. */
export function text(legal = 'a non-empty string', pattern = /./u): Shape<string> {
  return {
    legal,
    check(value, path): asserts value is string {
      if (typeof value !== 'string' || !pattern.test(value)) fail(path, value, legal);
    },
  };
}

/** A yes or no. */
export const flag: Shape<boolean> = {
  legal: 'true or false',
  check(value, path): asserts value is boolean {
    if (typeof value !== 'boolean') fail(path, value, flag.legal);
  },
};

/** A whole number from `least` on. */
export function integer(least: number): Shape<number> {
  const legal = `a whole number from ${least} on`;
  return {
    legal,
    check(value, path): asserts value is number {
      if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < least) fail(path, value, legal);
    },
  };
}

/** One of some words; written as an object, so that the compiler asks for all of them. */
export function oneOf<T extends string>(words: Readonly<Record<T, true>>): Shape<T> {
  const legal = Object.keys(words).map((word) => `"${word}"`).join(', ');
  return {
    legal,
    check(value, path): asserts value is T {
      if (typeof value === 'string' && Object.hasOwn(words, value)) return;
      fail(path, value, legal, typeof value === 'string' ? nearest(value, Object.keys(words)) : undefined);
    },
  };
}

/** A value of either shape. */
export function either<A, B>(one: Shape<A>, other: Shape<B>): Shape<A | B> {
  const legal = `${one.legal}, or ${other.legal}`;
  return {
    legal,
    check(value, path): asserts value is A | B {
      if (!matches(one, value) && !matches(other, value)) fail(path, value, legal);
    },
  };
}

function matches(shape: Shape<unknown>, value: unknown): boolean {
  try {
    shape.check(value, '');
    return true;
  } catch {
    return false;
  }
}

/** `null`, which says «never» or «for ever». */
export const nothing: Shape<null> = {
  legal: 'null',
  check(value, path): asserts value is null {
    if (value !== null) fail(path, value, 'null');
  },
};

/** An array of one shape. */
export function list<T>(item: Shape<T>): Shape<readonly T[]> {
  const legal = `an array of ${item.legal}`;
  return {
    legal,
    check(value, path): asserts value is readonly T[] {
      if (!Array.isArray(value)) fail(path, value, legal);
      value.forEach((one: unknown, index) => item.check(one, `${path}[${index}]`));
    },
  };
}

/** An object whose keys are free. */
export function dictionary<T>(item: Shape<T>): Shape<Readonly<Record<string, T>>> {
  const legal = `an object of ${item.legal}`;
  return {
    legal,
    check(value, path): asserts value is Readonly<Record<string, T>> {
      if (!isRecord(value)) fail(path, value, legal);
      for (const [key, one] of Object.entries(value)) item.check(one, `${path}.${key}`);
    },
  };
}

/** An object with these fields and no others. */
export function object<T>(legal: string, fields: Fields<T>): Shape<T> {
  const entries = Object.entries<Shape<unknown> | OptionalShape<unknown>>(fields);
  const keys = entries.map(([key]) => key);
  return {
    legal,
    check(value, path): asserts value is T {
      if (!isRecord(value)) fail(path, value, legal);
      for (const key of Object.keys(value)) {
        if (!keys.includes(key)) {
          const legalKeys = keys.map((one) => `\`${one}\``).join(', ');
          throw new RecordError(`${path}.${key}`, 'is no field of a record', legalKeys, nearest(key, keys));
        }
      }
      for (const [key, field] of entries) {
        const one = value[key];
        const shape: Shape<unknown> = 'optional' in field ? field.optional : field;
        if (one !== undefined || shape === field) shape.check(one, `${path}.${key}`);
      }
    },
  };
}
