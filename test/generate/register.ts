import { variables } from '../../packages/guard/src/register/variables.ts';
import { replaceBlock } from './block.ts';
import { documentedOptions, type DocumentedOption } from './guard.ts';
import { table } from './table.ts';

/** Where the page stands, from the root of the repository. */
export const registerPath = 'docs/register.md';

/** What the variables do that are no options. */
const own: Readonly<Record<string, readonly [fallback: string, text: string]>> = {
  LIFEGUARD: ['`on`', '`off` guards nothing, here and with `guard(pool)`.'],
  LIFEGUARD_CONFIG: ['–', 'The file of configuration, from the working directory; `off` for none.'],
  LIFEGUARD_LOG: ['`on`, unless the file has `sinks`', 'Whether events are logged to standard error.'],
  LIFEGUARD_REPORT_FILE: ['–', 'The file that a [report](guard.md#a-report) is written to.'],
  LIFEGUARD_RECLAIM: ['–', 'When leaked connections are taken back, whatever the evidence.'],
  LIFEGUARD_PING: ['`on`', 'Whether connections are tested before they are handed out.'],
};

/** The page with its tables written anew. */
export function registerPage(page: string): string {
  const options: ReadonlyMap<string, readonly DocumentedOption[]> = new Map([
    ['options', documentedOptions('GuardOptions')],
    ['options.reclaim', documentedOptions('ReclaimOptions')],
    ['options.ping', documentedOptions('PingOptions')],
  ]);
  const rows = Object.entries(variables).map(([name, { legal, path }]) => {
    const documented = options.get(path.slice(0, -1).join('.'))?.find((option) => option.name === path.at(-1));
    const [fallback, text] = own[name] ?? [documented?.default ?? '–', documented?.text ?? ''];
    return [`\`${name}\``, legal.words.replaceAll('\'', '`'), fallback, text];
  });
  const config = documentedOptions('RegisterOptions');
  const described = config.map((option) => [`\`${option.name}\``, `\`${option.type}\``, option.default ?? '–', option.text]);
  return replaceBlock(
    replaceBlock(page, 'variables', table(['variable', 'value', 'default', 'what it does'], rows)),
    'config',
    table(['key', 'type', 'default', 'what it does'], described),
  );
}
