/** `BEGIN` in all its forms, after comments, and wherever several statements are sent as one. */
const opening = /(?:^|;)(?:\s|\/\*[^]*?\*\/|--[^\n]*\n|#[^\n]*\n)*(?:begin|start\s+transaction|xa\s+(?:start|begin))\b/iu;
const implicit = /\bautocommit\b/iu;

/** Does an operation open a transaction? */
export function opensTransaction(operation: PropertyKey, text: string | undefined): boolean {
  return operation === 'beginTransaction' || (text !== undefined && opening.test(text));
}

/** May it have turned off that every statement is committed at once? */
export function turnsAutocommit(text: string | undefined): boolean {
  return text !== undefined && implicit.test(text);
}
