import { typeFacts } from '../../read/facts.ts';
import { merged, type Edit } from './edit.ts';
import type { Held } from './held.ts';
import { shifted } from './line.ts';
import type { Mentions } from './mentions.ts';
import { strike } from './strike.ts';
import { waitEdits } from './wait.ts';

/** The part of ESLint's `context` that says what the parser understands. */
export interface Language {
  readonly parser?: unknown;
  readonly ecmaVersion?: unknown;
}

/** Declares the resource with `using`, where the driver gives it back on disposal. */
export function mendUsing(held: Held, mentions: Mentions, language: Language | undefined): Edit | undefined {
  const { module, statement, block } = held;
  if (statement.type !== 'VariableDeclaration' || statement.kind === 'var' || !parses(language)) return undefined;
  if (block.type === 'Program' && block.sourceType !== 'module') return undefined;
  const how = disposal(held);
  const gone = strike(held, mentions.releases, { takesComments: false });
  if (how === undefined || gone === undefined) return undefined;
  if (how === 'await using' && !held.mayAwait) return undefined;
  const [start] = statement.range;
  const edits = [...gone.edits, ...waitEdits(mentions.waits)];
  if (gone.shifts.length > 0) edits.push(...shifted(block, module.text, gone.shifts, edits));
  edits.push({ range: [start, start + statement.kind.length], text: how });
  return merged(module.text, edits);
}

/** `commit`, `rollback` and `throws` decide what the program should decide. */
function disposal({ result }: Held): 'using' | 'await using' | undefined {
  const { protocol, proof } = result.site;
  const [driver, ...others] = protocol.drivers;
  if (proof !== 'proof' || driver === undefined || others.length > 0) return undefined;
  const { sync, async } = typeFacts(driver, protocol.type)?.disposes ?? {};
  if (sync === 'release' || sync === 'end') return 'using';
  return async === 'release' || async === 'end' ? 'await using' : undefined;
}

function parses(language: Language | undefined): boolean {
  const { parser, ecmaVersion } = language ?? {};
  if (typeof ecmaVersion === 'number' && ecmaVersion >= 2026) return true;
  if (typeof parser !== 'object' || parser === null || !('meta' in parser)) return false;
  const { meta } = parser;
  return typeof meta === 'object' && meta !== null && 'name' in meta && meta.name === 'typescript-eslint/parser';
}
