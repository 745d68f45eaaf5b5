/** `postgres://user:password@host`: up to the last `@`, which a password may hold too. */
const credentials = /\b([a-z][a-z\d+.-]*:\/\/)\S*@/giu;
const assigned = /\b(\w*(?:passw(?:or)?d|passphrase|pwd|secret|token|api[-_]?key|authorization))(["']?\s*[=:]\s*)("[^"]*"?|'[^']*'?|(?:(?:Bearer|Basic)\s+)?[^\s,;&})]+)/giu;

/** A text of others, with the credentials of connection strings and what is assigned to a password masked. */
export function mask(text: string): string {
  return text.replaceAll(credentials, '$1***@').replaceAll(assigned, '$1$2***');
}
