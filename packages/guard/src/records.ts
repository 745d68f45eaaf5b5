import { drivers, type Driver } from '@lifeguard/catalogue';

/** The catalogue's records. In `dist` they are a text until they are first asked for. */
export function records(): readonly Driver[] {
  return drivers;
}
