import type { Pool, PoolClient } from 'pg';

function move(pool: Pool, from: string, to: string, callback: (error?: Error | null) => void): void {
  pool.connect((error, client, release) => {
    if (error || !client) return callback(error);
    const rollBack = (failure: Error): void => {
      client.query('ROLLBACK', (broken) => {
        release(broken);
        callback(failure);
      });
    };
    step(client, 'BEGIN', [], rollBack, () =>
      step(client, 'UPDATE stock SET pieces = pieces + 1 WHERE what = $1', [to], rollBack, () =>
        step(client, 'UPDATE stock SET pieces = pieces - 1 WHERE what = $1', [from], rollBack, () =>
          step(client, 'COMMIT', [], rollBack, () => {
            release();
            callback();
          }),
        ),
      ),
    );
  });
}

function step(client: PoolClient, text: string, values: string[], fail: (error: Error) => void, next: () => void): void {
  client.query(text, values, (error) => (error ? fail(error) : next()));
}

export async function run(pool: Pool): Promise<void> {
  await new Promise<void>((resolve, reject) => move(pool, 'lamp', 'desk', (error) => (error ? reject(error) : resolve())));
  await new Promise((resolve) => move(pool, 'chair', 'desk', resolve));
}
