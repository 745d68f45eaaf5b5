import { Client } from 'cassandra-driver';
import { cassandra as record } from '../../packages/catalogue/src/drivers/cassandra.ts';
import { contract, second } from './contract.ts';

const make = (): Client => new Client({ contactPoints: ['127.0.0.1'], localDataCenter: 'd' });

contract(record, {
  types: { Client: make },
  twice: {
    'Client.shutdown': async () => {
      const client = make();
      await client.shutdown();
      return second(() => client.shutdown());
    },
  },
});
