/** What is wrong with a user's record, and where. */
export class RecordError extends Error {
  override readonly name = 'RecordError';
  /** Stable, for programs. */
  readonly code = 'LIFEGUARD_BAD_RECORD';
  /** The field: `settings.lifeguard.drivers[0].acquires[1].arrives`. */
  readonly path: string;

  constructor(path: string, found: string, legal: string, meant?: string) {
    const hint = meant === undefined ? '' : ` Did you mean \`${meant}\`?`;
    super(`\`${path}\` ${found}; legal: ${legal}.${hint}`);
    this.path = path;
  }
}
