import type { Health } from '../adapt/health/index.ts';
import type { Lease } from '../lease/lease.ts';
import type { Generation } from './generation.ts';

/**
 * Draws the consequence of an error: whoever holds the connection keeps it to the end of his lease,
 * and nobody has it after him. Those made before are asked before they are lent again.
 */
export function heed(health: Health, generation: Generation, lease: Lease | undefined, error: unknown): void {
  const meaning = health.meaningOf(error);
  if (meaning === undefined) return;
  if (lease !== undefined) lease.unfit = meaning;
  if (meaning === 'read-only') generation.demote();
  else generation.end();
}
