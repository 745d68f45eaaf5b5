import type { ParserServicesWithTypeInformation, TSESTree } from '@typescript-eslint/utils';
import type { Scope } from '@typescript-eslint/utils/ts-eslint';
import type { Facts } from './facts.ts';

/** A step of ESLint's walk; where the phase is 1, it enters the target. */
export interface Step {
  readonly phase?: unknown;
  readonly target?: unknown;
}

/**
 * One source file under analysis: the file being linted, or one that a relative import leads to.
 *
 * Everything the engine knows of a file is here, so that both kinds are read by the same code.
 */
export interface Module {
  readonly filename: string;
  readonly text: string;
  readonly ast: TSESTree.Program;
  readonly scopeManager: Scope.ScopeManager;
  /** The host's own walk over the file, if it shows one. */
  readonly steps: readonly Step[] | undefined;
  readonly facts: Facts;
  /** Reads the module that a relative specifier names; `undefined` proves nothing. */
  follow(specifier: string): Module | undefined;
  /** Reads what this file only passes on, `export … from`: one step further than `follow`. */
  followBarrel(specifier: string): Module | undefined;
  /** May its text hold a pool? One scan, whoever asks. */
  mayHoldPools(): boolean;
  /** Does it import a file of the project that may acquire? */
  importsLender(): boolean;
  /** Is every file that was followed from here still as it was read? */
  isCurrent(): boolean;
  /** How many imports lead here from the linted file; `follow` goes two imports far. */
  readonly depth: number;
  /** The checker's services, present only with `typeInformation: true`. */
  readonly services: ParserServicesWithTypeInformation | undefined;
  /** Names that the user says are pools: `settings.lifeguard.assumePoolNames`. */
  readonly assumedPools: ReadonlySet<string>;
}
