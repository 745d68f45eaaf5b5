import { stats, type PoolStats } from '@lifeguard/guard';
import { BadRequestException, Body, ConflictException, Controller, Get, NotFoundException, Param, ParseIntPipe, Post } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Order } from './order.entity.ts';
import { OrdersService } from './orders.service.ts';

@Controller()
export class OrdersController {
  constructor(private readonly orders: OrdersService, private readonly source: DataSource) {}

  @Get('orders/:id')
  async find(@Param('id', ParseIntPipe) id: number): Promise<Order> {
    const order = await this.orders.find(id);
    if (order === null) throw new NotFoundException('There is no such order.');
    return order;
  }

  @Post('orders')
  async place(@Body('product') product: unknown, @Body('quantity') quantity: unknown): Promise<Order> {
    if (typeof product !== 'string' || typeof quantity !== 'number') throw new BadRequestException('An order has a product and a quantity.');
    const order = await this.orders.place(product, quantity);
    if (order === undefined) throw new ConflictException('There is not enough of it.');
    return order;
  }

  @Get('health')
  health(): Pick<PoolStats, 'active' | 'waiting' | 'leaks'> {
    const { active, waiting, leaks } = stats(this.source);
    return { active, waiting, leaks };
  }
}
