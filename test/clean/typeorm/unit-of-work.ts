import type { DataSource, QueryRunner } from 'typeorm';

class UnitOfWork implements AsyncDisposable {
  private readonly runner: QueryRunner;

  constructor(source: DataSource) {
    this.runner = source.createQueryRunner();
  }

  async begin(): Promise<void> {
    await this.runner.connect();
    await this.runner.startTransaction();
  }

  commit(): Promise<void> {
    return this.runner.commitTransaction();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.runner.isTransactionActive) await this.runner.rollbackTransaction();
    await this.runner.release();
  }
}

export async function run(source: DataSource): Promise<void> {
  await using work = new UnitOfWork(source);
  await work.begin();
  await work.commit();
}
