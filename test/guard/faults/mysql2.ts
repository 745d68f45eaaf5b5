import mysql from 'mysql2/promise';
import { stats } from '../../../packages/guard/dist/index.js';
import { isMariaDbHere } from '../../servers/mariadb.ts';
import { watched } from '../watched.ts';
import { startMySql } from './mysql.ts';
import type { Maker } from './subject.ts';

export const ofMysql2: Maker = {
  driver: 'mysql2',
  isHere: await isMariaDbHere(),
  start: () =>
    startMySql((config, max, options) => {
      const { pool, clock, events } = watched(mysql.createPool({ ...config, connectionLimit: max }), options);
      return {
        clock,
        events,
        async acquire() {
          const connection = await pool.getConnection();
          return { id: connection.threadId, ask: (sql) => connection.query(sql), release: () => connection.release() };
        },
        ask: (sql) => pool.query(sql),
        stats: () => stats(pool),
        [Symbol.asyncDispose]: () => pool.end(),
      };
    }),
};
