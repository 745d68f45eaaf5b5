import type { DataSource, QueryRunner } from 'typeorm';

/** A unit of work that commits, and forgets its connection. */
class UnitOfWork {
  private readonly runner: QueryRunner;

  constructor(source: DataSource) {
    this.runner = source.createQueryRunner(); // leak
  }

  async begin(): Promise<void> {
    await this.runner.connect();
    await this.runner.startTransaction();
  }

  async commit(): Promise<void> {
    await this.runner.commitTransaction();
  }
}

export async function run(source: DataSource): Promise<void> {
  const work = new UnitOfWork(source);
  await work.begin();
  await work.commit();
}
