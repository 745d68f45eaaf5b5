import type { LifeguardEvent } from '@lifeguard/guard';

/** What the demo asks of the process of the service. */
export type Request =
  /** Wait until no connection is lent any more, or the guard has given up on it. */
  | 'settle'
  /** Cut off the connections that are idle. */
  | 'cut'
  /** Close everything, and end. */
  | 'end';

/** What the process of the service answers. */
export type Answer =
  | { readonly to: 'start'; readonly port: number }
  | { readonly to: 'settle' }
  | { readonly to: 'cut' }
  | { readonly to: 'end'; readonly seen: Seen };

/** What the guard saw, in sum. */
export interface Seen {
  readonly sightings: readonly Sighting[];
  /** How long callers waited for a connection on average, in ms. */
  readonly waitMs: number;
  /** Connections that nobody has given back at the end. */
  readonly open: number;
  readonly cut: Cut;
}

/** What became of the idle connections that were cut off in the middle. */
export interface Cut {
  readonly count: number;
  /** Those of them that the pool has closed since, by itself or told by the guard. */
  readonly closed: number;
}

/** Where a call stood, in the source. */
export interface Spot {
  readonly file: string;
  readonly line: number;
}

/** Events of one type about one place. */
export interface Sighting {
  readonly type: LifeguardEvent['type'];
  /** The evidence, the state or the reason that the events tell. */
  readonly detail: string;
  /** What was done about it, where the events tell that. */
  readonly action: string;
  readonly spot: Spot | undefined;
  readonly count: number;
}
