import type { DataSource } from 'typeorm';

async function version(source: DataSource): Promise<string> {
  const rows: { version: string }[] = await source.createQueryRunner().query('SELECT version()'); // leak
  return rows[0]?.version ?? '';
}

export async function run(source: DataSource): Promise<void> {
  await version(source);
}
