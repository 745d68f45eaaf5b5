import { type ESLint, Linter } from 'eslint';
import type { Policy } from './policy.ts';

/** All the oracle knows of a linter. */
export type Lint = (source: string, policy: Policy) => readonly Report[];

export interface Report {
  readonly line: number;
  readonly ruleId: string;
}

export const normalRule = 'lifeguard/require-release';
export const throwRule = 'lifeguard/require-release-on-throw';

/** Loads the plugin built into `dist` and returns what it says about leaks. */
export async function linterIn(dist: URL): Promise<Lint> {
  const loaded = (await import(new URL('index.js', dist).href)) as { readonly default: ESLint.Plugin };
  const linter = new Linter({ configType: 'flat' });
  return (source, policy) => {
    const options = { exceptionalPaths: policy };
    const messages = linter.verify(
      source,
      [
        {
          plugins: { lifeguard: loaded.default },
          rules: { [normalRule]: ['error', options], [throwRule]: ['error', options] },
        },
      ],
      { filename: 'program.js' },
    );
    return messages.map(({ line, ruleId, message }) => {
      if (ruleId === null) throw new Error(`The linter could not read the program: ${message}`);
      return { line, ruleId };
    });
  };
}
