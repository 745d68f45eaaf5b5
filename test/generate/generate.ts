import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { drivers } from '../../packages/catalogue/src/index.ts';
import { driversPage, driversPath } from './drivers.ts';
import { eventsPage, eventsPath, optionsPage, optionsPath } from './guard.ts';
import { registerPage, registerPath } from './register.ts';
import { readmeWithRules, ruleIds, rulePage, rulePath } from './rules.ts';
import { twinsPage, twinsPath } from './twins.ts';

/** A file of which all or a part is generated. */
export interface Generated {
  /** From the root of the repository. */
  readonly path: string;
  /** What it should be now; a file that is generated in part keeps the rest. */
  readonly text: () => string;
}

/** All generated files. `test/docs/generated.test.ts` compares them and, with `--update`, writes them. */
export const generated: readonly Generated[] = [
  { path: driversPath, text: () => driversPage(drivers) },
  { path: eventsPath, text: eventsPage },
  { path: optionsPath, text: optionsPage },
  { path: twinsPath, text: () => twinsPage() },
  { path: registerPath, text: () => registerPage(read(registerPath)) },
  { path: 'README.md', text: () => readmeWithRules(read('README.md')) },
  ...ruleIds.map((id) => ({ path: rulePath(id), text: () => rulePage(id, read(rulePath(id))) })),
];

/** The absolute path of a file of the repository. */
export function absolute(path: string): string {
  return fileURLToPath(new URL(`../../${path}`, import.meta.url));
}

function read(path: string): string {
  return readFileSync(absolute(path), 'utf8');
}
