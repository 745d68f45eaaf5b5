import * as mariadb from 'mariadb';
import { stats } from '../../../packages/guard/dist/index.js';
import { isMariaDbHere } from '../../servers/mariadb.ts';
import { watched } from '../watched.ts';
import { startMySql } from './mysql.ts';
import type { Maker } from './subject.ts';

export const ofMariadb: Maker = {
  driver: 'mariadb',
  isHere: await isMariaDbHere(),
  start: () =>
    startMySql((config, max, options) => {
      const pool = mariadb.createPool({ ...config, connectionLimit: max, minimumIdle: 1, minDelayValidation: 3_600_000 });
      const { pool: guarded, clock, events } = watched(pool, options);
      return {
        clock,
        events,
        async acquire() {
          const connection = await guarded.getConnection();
          return { id: Number(connection.threadId), ask: (sql) => connection.query(sql), release: () => connection.release() };
        },
        ask: (sql) => guarded.query(sql),
        stats: () => stats(guarded),
        [Symbol.asyncDispose]: () => guarded.end(),
      };
    }),
};
