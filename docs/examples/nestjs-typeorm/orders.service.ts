import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Order, Product } from './order.entity.ts';

@Injectable()
export class OrdersService {
  constructor(private readonly source: DataSource) {}

  /** A repository borrows a connection for its query. */
  find(id: number): Promise<Order | null> {
    return this.source.getRepository(Order).findOneBy({ id });
  }

  /** A query runner keeps one until it is released. `undefined`: there is not enough of the product. */
  async place(product: string, quantity: number): Promise<Order | undefined> {
    const runner = this.source.createQueryRunner();
    try {
      await runner.startTransaction();
      const wanted = await runner.manager.findOne(Product, { where: { name: product }, lock: { mode: 'pessimistic_write' } });
      if (wanted === null || wanted.stock < quantity) {
        await runner.rollbackTransaction();
        return undefined;
      }
      await runner.manager.decrement(Product, { name: product }, 'stock', quantity);
      const order = await runner.manager.save(Order, { product, quantity });
      await runner.commitTransaction();
      return order;
    } catch (error) {
      if (runner.isTransactionActive) await runner.rollbackTransaction();
      throw error;
    } finally {
      await runner.release();
    }
  }
}
