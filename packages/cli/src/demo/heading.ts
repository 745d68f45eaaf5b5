import type { Paint } from '../format/paint.ts';

/** The title of a part of the output. */
export function heading(text: string, paint: Paint): string {
  return `\n${paint.bold(text)}\n${'─'.repeat(text.length)}\n`;
}
