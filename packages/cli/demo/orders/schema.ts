import { pool } from './database.js';

const tables = `
  CREATE TABLE customers (id int PRIMARY KEY, name text NOT NULL);
  CREATE TABLE orders (
    id serial PRIMARY KEY,
    customer int NOT NULL REFERENCES customers,
    cents int NOT NULL CHECK (cents > 0)
  );
  CREATE INDEX ON orders (customer, id);
  CREATE TABLE refunds (order_id int NOT NULL REFERENCES orders, cents int NOT NULL CHECK (cents > 0));
  CREATE TABLE shipments (order_id int PRIMARY KEY REFERENCES orders, carrier text NOT NULL);
  CREATE TABLE stock (sku text PRIMARY KEY, available int NOT NULL);
  INSERT INTO customers SELECT n, 'customer ' || n FROM generate_series(1, 100) n;
  INSERT INTO orders (customer, cents) SELECT 1 + n % 100, 1000 + n FROM generate_series(1, 5000) n;
  INSERT INTO stock SELECT 'sku-' || n, 1000000 FROM generate_series(1, 50) n;
`;

/** Drops what is there, and makes the tables anew. */
export async function reset(): Promise<void> {
  await pool.query(`DROP TABLE IF EXISTS stock, shipments, refunds, orders, customers; ${tables}`);
}
