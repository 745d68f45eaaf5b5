import type { LifeguardEvent } from '@lifeguard/guard';
import type { Sighting, Spot } from './wire.ts';

/** Adds up the events of the guard by what they say and by the line that has to be mended. */
export class Sightings {
  readonly #sums = new Map<string, { sighting: Omit<Sighting, 'count'>; count: number }>();

  add(event: LifeguardEvent): void {
    const sighting = { type: event.type, ...wordsOf(event), spot: spotOf(event) };
    const key = JSON.stringify(sighting);
    const sum = this.#sums.get(key) ?? { sighting, count: 0 };
    sum.count += 1;
    this.#sums.set(key, sum);
  }

  read(): Sighting[] {
    return [...this.#sums.values()].map(({ sighting, count }) => ({ ...sighting, count }));
  }
}

function wordsOf(event: LifeguardEvent): Pick<Sighting, 'detail' | 'action'> {
  switch (event.type) {
    case 'leaked':
    case 'reclaimed':
    case 'returned-late':
      return { detail: event.evidence, action: '' };
    case 'dirty-return':
      return { detail: event.found, action: event.action };
    case 'stale-handle':
      return { detail: event.ownedByAnother ? 'of another' : '', action: '' };
    case 'stale-discarded':
      return { detail: event.reason, action: '' };
    default:
      return { detail: '', action: '' };
  }
}

/** A leak is mended where the connection is acquired, a wrong release where it stands. */
function spotOf({ type, site, at }: LifeguardEvent): Spot | undefined {
  const place = type === 'stale-handle' || type === 'dirty-return' ? (at ?? site) : site;
  return place === undefined ? undefined : { file: place.file, line: place.line };
}
