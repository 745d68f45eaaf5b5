/**
 * NestJS and TypeORM. The guard takes the data source, and watches the pool of pg under it, so that
 * repositories, transactions and query runners are all seen.
 */
import 'reflect-metadata';
import { scopeExpress } from '@lifeguard/guard/middleware';
import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { TypeOrmModule } from '@nestjs/typeorm';
import { database } from './database.ts';
import { OrdersController } from './orders.controller.ts';
import { OrdersService } from './orders.service.ts';

@Module({ imports: [TypeOrmModule.forRootAsync(database)], controllers: [OrdersController], providers: [OrdersService] })
class AppModule {}

const app = await NestFactory.create(AppModule, { logger: ['error', 'warn'] });
app.use(scopeExpress()); // before whatever acquires connections
await app.listen(Number(process.env['PORT'] ?? 3000));
console.log(`listening on ${new URL(await app.getUrl()).port}`);

// The module ends the data source, and with it the pool.
process.once('SIGTERM', () => void app.close());
