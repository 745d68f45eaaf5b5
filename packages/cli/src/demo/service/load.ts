import { Agent, request } from 'node:http';

/** How many requests are under way at once. */
export const clients = 8;

/** What the service answered. */
export interface Answers {
  readonly count: number;
  /** Answers that no caller is to blame for: the status 500. */
  readonly failed: number;
  readonly elapsedMs: number;
}

/** A user of the service: what he asks for, in turn, and how often in one round. */
const round: readonly (readonly [times: number, ask: (turn: number) => string])[] = [
  [6, (turn) => `GET /order?id=${1 + (turn % 1000)}`],
  [4, (turn) => `GET /orders?customer=${1 + (turn % 100)}`],
  [3, (turn) => `POST /orders?customer=${1 + (turn % 100)}&cents=${500 + turn}`],
  [2, (turn) => `POST /refunds?order=${1 + (turn % 1000)}&cents=5`],
  [3, (turn) => `POST /reservations?sku=sku-${1 + (turn % 50)}&quantity=1`],
  [2, (turn) => `GET /export?ids=${1 + (turn % 1000)},7`],
  [1, (turn) => `POST /shipments?order=${1 + Math.floor(turn / 33)}&carrier=mail`],
  // From here on each is one that the service is not prepared for.
  [2, () => 'GET /order?id=0'],
  [2, () => 'GET /export?ids=7,0,8'],
  [2, () => 'POST /refunds?order=7&cents=-5'],
  [2, () => 'POST /refunds?order=7&cents=9000000'],
  [2, () => 'POST /shipments?order=0&carrier=mail'],
  [2, () => 'POST /reservations?sku=sku-7&quantity=9000000'],
];

const asked = spread(round.flatMap(([times, ask]) => Array<typeof ask>(times).fill(ask)));

/** Clients that each ask again as soon as they have their answer. */
export class Load {
  readonly #port: number;
  readonly #agent = new Agent({ keepAlive: true, maxSockets: clients });
  #turn = 0;
  #count = 0;
  #failed = 0;
  #elapsedMs = 0;

  constructor(port: number) {
    this.#port = port;
  }

  get answers(): Answers {
    return { count: this.#count, failed: this.#failed, elapsedMs: this.#elapsedMs };
  }

  /** Asks for so long, and waits for the last answers. */
  async press(forMs: number): Promise<void> {
    const started = performance.now();
    const one = async (): Promise<void> => {
      while (performance.now() - started < forMs) {
        await this.#ask();
      }
    };
    await Promise.all(Array.from({ length: clients }, one));
    this.#elapsedMs += performance.now() - started;
  }

  close(): void {
    this.#agent.destroy();
  }

  async #ask(): Promise<void> {
    const turn = this.#turn++;
    const [method = '', path = ''] = (asked[turn % asked.length]?.(turn) ?? '').split(' ');
    const status = await new Promise<number>((resolve) => {
      request({ agent: this.#agent, host: '127.0.0.1', port: this.#port, method, path })
        .on('response', (response) => {
          response.resume().once('close', () => resolve(response.statusCode ?? 0));
        })
        .on('error', () => resolve(0))
        .end();
    });
    this.#count += 1;
    if (status === 0 || status >= 500) {
      this.#failed += 1;
    }
  }
}

/** Puts neighbours far from each other, so that the rare comes as often at all times. */
function spread<T>(list: readonly T[]): T[] {
  const step = 7;
  return list.map((_, index) => list[(index * step) % list.length]).filter((one) => one !== undefined);
}
