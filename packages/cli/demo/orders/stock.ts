import type { RowDataPacket } from 'mysql2';
import { legacy } from './database.js';

type Done<T> = (error: Error | null, result?: T) => void;

export interface Stock {
  sku: string;
  available: number;
}

export function reserve(sku: string, quantity: number, done: Done<boolean>): void {
  legacy.getConnection((error, connection) => {
    if (error) {
      return done(error);
    }
    connection.query<RowDataPacket[]>(
      'SELECT available FROM stock WHERE sku = ? FOR UPDATE',
      [sku],
      (selectError, rows) => {
        if (selectError) {
          return done(selectError);
        }
        if (rows.length === 0 || Number(rows[0]?.available) < quantity) {
          connection.release();
          return done(null, false);
        }
        connection.query(
          'UPDATE stock SET available = available - ? WHERE sku = ?',
          [quantity, sku],
          (updateError) => {
            connection.release();
            done(updateError, !updateError);
          },
        );
      },
    );
  });
}

export function available(sku: string, done: Done<Stock>): void {
  legacy.getConnection((error, connection) => {
    if (error) {
      return done(error);
    }
    const select = 'SELECT * FROM stock WHERE sku = ?';
    connection.query<(Stock & RowDataPacket)[]>(select, [sku], (queryError, rows) => {
      connection.release();
      done(queryError, rows?.[0]);
    });
  });
}
