import type { Irregular } from './irregular.ts';
import { pg } from './pg.ts';

const irregulars: readonly Irregular[] = [pg];

/** What is to be known of a driver beyond its record. */
export function irregularOf(driver: string): Irregular {
  return irregulars.find((one) => one.driver === driver) ?? { driver };
}
