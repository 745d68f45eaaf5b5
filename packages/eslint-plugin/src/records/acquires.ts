import { drivers } from '@lifeguard/catalogue';

/** The methods by which the drivers of the catalogue lend: `connect`, `getConnection`. */
export const acquireNames: ReadonlySet<string> = new Set(
  drivers.flatMap(({ acquires }) => acquires.map(({ method, then }) => then ?? method.slice(method.lastIndexOf('.') + 1))),
);
