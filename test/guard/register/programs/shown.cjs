'use strict';

// Says what a program can tell of a guarded class, pool and module.
const { inspect } = require('node:util');
const pg = require('pg');
const Base = require('pg-pool');

const pool = new pg.Pool({ host: 'db.internal', database: 'orders', password: 'secret' });
class Mine extends pg.Pool {}
const mine = new Mine();

console.log(JSON.stringify({
  isGuarded: Object.hasOwn(pool, 'connect'),
  isSame: pg.Pool === require('pg').Pool,
  instances: [pool instanceof pg.Pool, pool instanceof Base, mine instanceof Mine, mine instanceof pg.Pool],
  constructors: [pool.constructor === pg.Pool, mine.constructor === Mine, Object.getPrototypeOf(pg.Pool) === Base],
  names: [pg.Pool.name, pg.Pool.length, Object.keys(pg), pool.constructor.name],
  shown: [inspect(pg.Pool, { showProxy: false }), inspect(pool, { depth: 0 }).split(' ')[0]],
  keys: Object.keys(pool),
}));
