import type { Driver } from '../driver.ts';
import { pg } from './pg.ts';

/** All records, in the order of the docs. */
export const drivers: readonly Driver[] = [pg];
