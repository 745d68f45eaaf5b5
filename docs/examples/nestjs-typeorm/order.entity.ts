import { Column, Entity, PrimaryColumn, PrimaryGeneratedColumn } from 'typeorm';

@Entity('orders')
export class Order {
  @PrimaryGeneratedColumn()
  id!: number;

  @Column({ type: 'varchar' })
  product!: string;

  @Column({ type: 'int' })
  quantity!: number;
}

@Entity('products')
export class Product {
  @PrimaryColumn({ type: 'varchar' })
  name!: string;

  @Column({ type: 'int' })
  stock!: number;
}
