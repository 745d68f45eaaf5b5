import mariadb from 'mariadb';
import { describe, expect, test } from 'vitest';
import { lives } from './life.ts';
import { isMariaDbHere, type MariaDbServer, startMariaDb } from './mariadb.ts';

describe.skipIf(!(await isMariaDbHere()))('a MariaDB', () => {
  lives(() => startMariaDb(), async (server, limitMs) => {
    expect(await ask(server, 'select 1 as answer', limitMs)).toMatchObject([{ answer: 1 }]);
  });

  test('takes settings, and keeps what was committed before it was killed', async () => {
    await using server = await startMariaDb({ settings: { 'max-connections': 17 } });
    await ask(server, 'create table kept as select 7 as number');
    await server.kill('SIGKILL');
    await server.restart();
    expect(await ask(server, 'select number, cast(@@max_connections as char) as max from kept')).toMatchObject([{ number: 7, max: '17' }]);
  });

  test('becomes read only for all but its administrator', async () => {
    await using server = await startMariaDb();
    await ask({ config: server.adminConfig }, 'set global read_only = 1');
    await expect(ask(server, 'create table refused as select 1')).rejects.toMatchObject({ errno: 1290 });
    await ask({ config: server.adminConfig }, 'create table made as select 1');
  });

  test('says what the server said when it does not start', async () => {
    await expect(startMariaDb({ settings: { nonsense: 1 } })).rejects.toThrow(/unknown variable 'nonsense=1'/u);
  });
});

async function ask({ config }: Pick<MariaDbServer, 'config'>, sql: string, limitMs = 10_000): Promise<unknown> {
  const connection = await mariadb.createConnection({ ...config, connectTimeout: limitMs });
  try {
    return await connection.query(sql);
  } finally {
    connection.destroy();
  }
}
