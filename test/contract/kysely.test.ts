import {
  DummyDriver, Kysely, PostgresAdapter, PostgresIntrospector, PostgresQueryCompiler,
  type ControlledTransaction, type Transaction,
} from 'kysely';
import { kysely as record } from '../../packages/catalogue/src/drivers/kysely.ts';
import { contract, second } from './contract.ts';

const db = new Kysely<Record<string, never>>({
  dialect: {
    createAdapter: () => new PostgresAdapter(),
    createDriver: () => new DummyDriver(),
    createIntrospector: (own) => new PostgresIntrospector(own),
    createQueryCompiler: () => new PostgresQueryCompiler(),
  },
});
const begin = (): Promise<ControlledTransaction<Record<string, never>>> => db.startTransaction().execute();
const controlled = await begin();
const managed = await db.transaction().execute((transaction: Transaction<Record<string, never>>) => Promise.resolve([transaction]));

contract(record, {
  types: {
    Kysely: () => db,
    Transaction: () => managed[0],
    ControlledTransaction: () => controlled,
    ControlledTransactionBuilder: () => db.startTransaction(),
    TransactionBuilder: () => db.transaction(),
    ConnectionBuilder: () => db.connection(),
  },
  twice: {
    'ControlledTransaction.commit': async () => {
      const own = await begin();
      await own.commit().execute();
      return second(() => own.commit().execute());
    },
    'ControlledTransaction.rollback': async () => {
      const own = await begin();
      await own.rollback().execute();
      return second(() => own.rollback().execute());
    },
  },
  arrivals: {
    'Kysely.startTransaction promise ControlledTransaction': () => begin(),
  },
});
