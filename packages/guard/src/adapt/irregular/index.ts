import { genericPool } from './generic-pool.ts';
import type { Irregular } from './irregular.ts';
import { knex } from './knex.ts';
import { lightningPool } from './lightning-pool.ts';
import { mariadb } from './mariadb.ts';
import { mysql2 } from './mysql2.ts';
import { pg } from './pg.ts';
import { sequelize } from './sequelize.ts';
import { tarn } from './tarn.ts';
import { typeorm } from './typeorm.ts';

const irregulars: readonly Irregular[] = [pg, mysql2, mariadb, genericPool, tarn, lightningPool, knex, sequelize, typeorm];

/** What is to be known of a driver beyond its record. */
export function irregularOf(driver: string): Irregular {
  return irregulars.find((one) => one.driver === driver) ?? { driver };
}
