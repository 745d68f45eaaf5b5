import type { Driver } from '@lifeguard/catalogue';
import type { ParserServicesWithTypeInformation, TSESTree } from '@typescript-eslint/utils';
import type { Scope } from '@typescript-eslint/utils/ts-eslint';
import type { Facts } from './facts.ts';
import type { Reach } from './prescan-followed.ts';

/**
 * One source file under analysis: the file being linted, or one of the project that an import leads to.
 *
 * Everything the engine knows of a file is here, so that both kinds are read by the same code.
 */
export interface Module {
  readonly filename: string;
  readonly text: string;
  readonly ast: TSESTree.Program;
  readonly scopeManager: Scope.ScopeManager;
  readonly facts: Facts;
  /** Does a specifier mean a file of the project: a relative one, or an alias of TypeScript's? */
  isOwn(specifier: string): boolean;
  /** Reads the module of the project that a specifier names; `undefined` proves nothing. */
  follow(specifier: string): Module | undefined;
  /** Reads what this file only passes on, `export … from`: one step further than `follow`. */
  followBarrel(specifier: string): Module | undefined;
  /** May its text hold a pool? One scan, whoever asks. */
  mayHoldPools(): boolean;
  /** Does it import a file of the project that may acquire? */
  importsLender(): boolean;
  /** May it hold a value of one of these drivers: does it, or a file it imports, name one of their packages? */
  reachesAny(drivers: readonly Driver[]): boolean;
  /** What scans of its text and of the files it imports let it meet. */
  reach(): Reach;
  /** Is every file that was followed from here still as it was read? */
  isCurrent(): boolean;
  /** How many imports lead here from the linted file; `follow` goes two imports far. */
  readonly depth: number;
  /** The checker's services, present only with `typeInformation: true`. */
  readonly services: ParserServicesWithTypeInformation | undefined;
  /** Names that the user says are pools: `settings.lifeguard.assumePoolNames`. */
  readonly assumedPools: ReadonlySet<string>;
}
