import { relative } from 'node:path';
import type { CallSite } from './lease/site.ts';

/** A call site for people: `src/orders.ts:12:20 (loadOrder, through typeorm@1.1.1)`, from the working directory. */
export function placeOf({ file, line, column, function: inside, library }: CallSite): string {
  const near = relative(process.cwd(), file);
  const around = [inside, library === undefined ? undefined : `through ${library}`].filter((part) => part !== undefined);
  return `${near.startsWith('..') ? file : near}:${line}:${column}${around.length === 0 ? '' : ` (${around.join(', ')})`}`;
}
