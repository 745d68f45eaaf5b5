/** Replaces what stands between the markers of a generated block; each block occurs once. */
export function replaceBlock(page: string, name: string, content: string): string {
  const open = `<!-- generated: ${name} -->`;
  const close = '<!-- /generated -->';
  const start = page.indexOf(open);
  const end = page.indexOf(close, start);
  if (start < 0 || end < 0 || page.indexOf(open, end) >= 0) {
    throw new Error(`The page must have one block ${open} … ${close}.`);
  }
  return `${page.slice(0, start)}${open}\n\n${content}\n\n${page.slice(end)}`;
}
