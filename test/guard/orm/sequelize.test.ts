import { DataTypes, Sequelize } from 'sequelize';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { stats, unguard } from '../../../packages/guard/dist/index.js';
import { startMariaDb, type MariaDbServer } from '../../servers/mariadb.ts';
import { startPostgres, type PostgresServer } from '../../servers/postgres.ts';
import { uncaughtDuring, watched } from '../watched.ts';

let postgres: PostgresServer;
let mariaDb: MariaDbServer;
beforeAll(async () => {
  [postgres, mariaDb] = await Promise.all([startPostgres(), startMariaDb()]);
});
afterAll(() => Promise.all([postgres.stop(), mariaDb.stop()]));

function open(dialect: 'postgres' | 'mysql', max = 2): Sequelize {
  const { user, ...server } = dialect === 'postgres' ? postgres.config : mariaDb.config;
  return new Sequelize({ dialect, ...server, username: user, pool: { max, min: 0 }, logging: false });
}

test.each(['postgres', 'mysql'] as const)('Sequelize works when it is guarded, on %s, with transactions of both kinds', async (dialect) => {
  const bare = open(dialect);
  const { pool: sequelize, alarms } = watched(bare);
  const Order = sequelize.define('order', { id: { type: DataTypes.INTEGER, primaryKey: true }, what: DataTypes.STRING }, { timestamps: false });
  await sequelize.authenticate();
  await Order.sync({ force: true });
  await Order.bulkCreate([{ id: 1, what: 'one' }, { id: 2, what: 'two' }]);
  await sequelize.transaction(async (transaction) => {
    await Order.update({ what: 'changed' }, { where: { id: 1 }, transaction });
    expect(stats(sequelize)).toMatchObject({ active: 1 });
  });
  await expect(sequelize.transaction(async (transaction) => {
    await Order.destroy({ where: { id: 1 }, transaction });
    throw new Error('of the user');
  })).rejects.toThrow('of the user');
  const transaction = await sequelize.transaction();
  await Order.destroy({ where: {}, transaction });
  await transaction.rollback();
  expect((await Order.findAll({ order: ['id'], raw: true }))).toEqual([{ id: 1, what: 'changed' }, { id: 2, what: 'two' }]);
  expect(stats(sequelize)).toMatchObject({ active: 0, staleHandles: 0 });
  expect(alarms()).toEqual([]);
  unguard(sequelize);
  expect(await Order.count()).toBe(2);
  await sequelize.close();
});

test('a leaked transaction of Sequelize is taken back, and the waiter served', async () => {
  const { pool: sequelize, clock } = watched(open('postgres', 1), { idleLimitMs: 1000, reclaim: 'destroy' });
  expect(await uncaughtDuring(async () => {
    const transaction = await sequelize.transaction();
    const waiting = sequelize.query('select 1 as one', { plain: true });
    while ((stats(sequelize).waiting ?? 0) === 0) await new Promise((resolve) => setImmediate(resolve));
    clock.pass(2250);
    expect(await waiting).toEqual({ one: 1 });
    await expect(sequelize.query('select 1', { transaction })).rejects.toThrow('taken back by the guard');
    expect(stats(sequelize)).toMatchObject({ reclaims: 1, active: 0 });
    await sequelize.close();
  })).toEqual([]);
});
