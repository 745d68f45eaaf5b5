import { describe, expect, test } from 'vitest';
import { mask } from '../../../packages/guard/src/lease/mask.ts';
import { fingerprint } from '../../../packages/guard/src/lease/statement.ts';

describe('the fingerprint of a statement', () => {
  test.each<[string, string, string]>([
    ['keeps placeholders', 'select $1::text, ?, :name', 'select $1::text, ?, :name'],
    ['leaves strings out', `select * from users where name = 'o''hara' and x = E'y'`, 'select * from users where name = ? and x = ?'],
    ['leaves numbers out, and keeps names with digits', 'select t1.c2 from t1 where id = 42 and x > -1.5e3 limit 0x1F', 'select t1.c2 from t1 where id = ? and x > -? limit ?'],
    ['leaves dollar quotes out', 'do $body$ begin raise $$x$$; end $body$', 'do ?'],
    ['leaves comments out', `select 1 -- 'secret'\n/* token */ from t`, 'select ? from t'],
    ['shrinks lists', `insert into t values (1, 'a'), (2, 'b'),(3,'c')`, 'insert into t values (?)'],
    ['keeps quoted names', 'select "a b" from "T" where "T"."x" = 1', 'select "a b" from "T" where "T"."x" = ?'],
    ['ends with an open string', `select 'never closed`, 'select ?'],
    ['is one line', 'select\n  a,\n\tb\nfrom t', 'select a, b from t'],
  ])('%s', (_what, text, shape) => {
    expect(fingerprint(text, true)).toBe(shape);
  });

  test('takes double quotes for values where the server does, and keeps backticks', () => {
    const text = 'select `a`, "secret" from `t` where b = "secret" # secret';
    expect(fingerprint(text, false)).toBe('select `a`, ? from `t` where b = ?');
  });

  test('gives up where two dialects read a quote differently', () => {
    for (const quotesNames of [true, false]) {
      expect(fingerprint(`select * from t where a = 'x\\' and b = 'secret'`, quotesNames)).not.toContain('secret');
      expect(fingerprint(`select * from t where a = 'it\\'s', 'secret'`, quotesNames)).not.toContain('secret');
    }
  });

  test('is cut where it is long, and a literal that is cut stays out', () => {
    expect(fingerprint(`select '${'secret '.repeat(2000)}'`, true)).toBe('select ?');
    expect(fingerprint(`select ${'a, '.repeat(2000)}`, true)).toHaveLength(501);
  });
});

test.each([
  ['connect to postgres://user:sec@ret/x@db.example/orders failed', 'connect to postgres://***@db.example/orders failed'],
  ['host=db password=secret dbname=x', 'host=db password=*** dbname=x'],
  [`{ user: 'a', password: 'secret', port: 1 }`, `{ user: 'a', password: ***, port: 1 }`],
  ['PGPASSWORD=secret psql', 'PGPASSWORD=*** psql'],
  ['authorization: Bearer secret', 'authorization: ***'],
  ['nothing to hide at http://db.example/x', 'nothing to hide at http://db.example/x'],
])('what others say is masked: %s', (text, masked) => {
  expect(mask(text)).toBe(masked);
});
