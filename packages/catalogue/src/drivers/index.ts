import type { Driver } from '../driver.ts';
import { amqplib } from './amqplib.ts';
import { cassandra } from './cassandra.ts';
import { clickhouse } from './clickhouse.ts';
import { drizzle } from './drizzle.ts';
import { genericPool } from './generic-pool.ts';
import { ioredis } from './ioredis.ts';
import { knex } from './knex.ts';
import { kysely } from './kysely.ts';
import { lightningPool } from './lightning-pool.ts';
import { mariadb } from './mariadb.ts';
import { mongodb } from './mongodb.ts';
import { mongoose } from './mongoose.ts';
import { mssql } from './mssql.ts';
import { mysql } from './mysql.ts';
import { mysql2 } from './mysql2.ts';
import { neo4j } from './neo4j.ts';
import { neo4jV1 } from './neo4j-v1.ts';
import { oracledb } from './oracledb.ts';
import { pg } from './pg.ts';
import { postgres } from './postgres.ts';
import { prisma } from './prisma.ts';
import { redis } from './redis.ts';
import { sequelize } from './sequelize.ts';
import { slonik } from './slonik.ts';
import { tarn } from './tarn.ts';
import { typeorm } from './typeorm.ts';
import { undici } from './undici.ts';

/** All records, in the order of the docs. */
export const drivers: readonly Driver[] = [
  pg, mysql2, mysql, mariadb, mssql, oracledb, typeorm, knex, sequelize, genericPool, tarn, lightningPool, postgres,
  redis, ioredis, mongodb, mongoose, undici, kysely, drizzle, prisma, slonik, neo4j, neo4jV1, clickhouse, amqplib, cassandra,
];
