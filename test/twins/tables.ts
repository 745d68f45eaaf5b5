import mysql from 'mysql2/promise';
import pg from 'pg';
import type { Databases } from './pools.ts';

/** What the programs find in their database, in SQL that both servers understand. */
const statements = `
  CREATE TABLE customers (id int PRIMARY KEY, name varchar(100) NOT NULL);
  CREATE TABLE orders (id int PRIMARY KEY, customer int NOT NULL, what varchar(100) NOT NULL, paid int NOT NULL);
  CREATE TABLE stock (what varchar(100) PRIMARY KEY, pieces int NOT NULL CHECK (pieces >= 0));
  INSERT INTO customers VALUES (1, 'Ada'), (2, 'Grace'), (3, 'Edsger');
  INSERT INTO orders VALUES (1, 1, 'lamp', 1), (2, 1, 'desk', 0), (3, 2, 'chair', 0);
  INSERT INTO stock VALUES ('lamp', 50), ('desk', 10), ('chair', 0);
`;

/** Makes the tables in both databases. */
export async function createTables({ postgres, mariaDb }: Databases): Promise<void> {
  const pool = new pg.Pool({ ...postgres });
  await pool.query(statements);
  await pool.end();
  await using connection = await mysql.createConnection({ ...mariaDb, multipleStatements: true });
  await connection.query(statements);
}
