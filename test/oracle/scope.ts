import type { Driver, Pick } from './program.ts';

/** A variable that may hold a connection. */
export interface Variable {
  readonly name: string;
  readonly driver: Driver;
  /** May be assigned; such a variable is not used in a function inside its own. */
  readonly mutable: boolean;
  /** May be empty, whatever is assigned later. */
  readonly optional?: boolean;
  /** The release function handed over with it. */
  readonly done?: string;
}

/** Where a statement stands: what it can see, and which jumps are legal. */
export class Scope {
  readonly isAsync: boolean;
  /** In a function inside the program's own. */
  readonly inFunction: boolean;
  readonly inLoop: boolean;
  readonly breakable: boolean;
  readonly labels: readonly string[];
  #variables: readonly Variable[];
  #flags: readonly string[];
  #owned: string | undefined;
  readonly #parent: Scope | undefined;
  /** The variables that hold a connection here on every path, though they might not. */
  readonly #full: Set<Variable>;
  /** One set for the whole program. */
  readonly #assigned: Set<Variable>;

  private constructor(parent: Scope | undefined, changes: Partial<Scope> = {}) {
    this.#parent = parent;
    // A second turn of a loop may find empty what the first one found full.
    this.#full = new Set(parent && !changes.labels ? parent.#full : []);
    this.#assigned = parent ? parent.#assigned : new Set();
    this.isAsync = changes.isAsync ?? parent?.isAsync ?? true;
    this.inFunction = changes.inFunction ?? parent?.inFunction ?? false;
    this.inLoop = changes.inLoop ?? parent?.inLoop ?? false;
    this.breakable = changes.breakable ?? parent?.breakable ?? false;
    this.labels = changes.labels ?? parent?.labels ?? [];
    this.#variables = parent ? parent.#variables : [];
    this.#flags = parent ? parent.#flags : [];
    this.#owned = parent ? parent.#owned : undefined;
  }

  static ofFunction(): Scope {
    return new Scope(undefined);
  }

  inBlock(): Scope {
    return new Scope(this);
  }

  inLoopBody(label: string | undefined): Scope {
    const labels = label === undefined ? this.labels : [label, ...this.labels];
    return new Scope(this, { inLoop: true, breakable: true, labels });
  }

  inSwitch(): Scope {
    return new Scope(this, { breakable: true });
  }

  /** A function inside this one: sees what never changes, and no flag. */
  inCallback(isAsync: boolean): Scope {
    const inner = new Scope(this, { isAsync, inFunction: true, inLoop: false, breakable: false, labels: [] });
    inner.#variables = this.#variables.filter((variable) => !variable.mutable);
    inner.#flags = [];
    return inner;
  }

  declare(variable: Variable): void {
    this.#variables = [variable, ...this.#variables];
  }

  declareFlag(name: string): void {
    this.#flags = [name, ...this.#flags];
  }

  /** What asks whether the connection borrowed last is the function's own. */
  own(condition: string): void {
    this.#owned = condition;
  }

  get owned(): string | undefined {
    return this.#owned;
  }

  /** Whether a method of it can be called without a check. */
  isFull(variable: Variable): boolean {
    return this.#full.has(variable) || (!variable.mutable && variable.optional !== true);
  }

  /** It was assigned a connection, or a check found one. */
  fill(variable: Variable): void {
    this.#full.add(variable);
    this.#assigned.add(variable);
  }

  /** It may be empty from here on, in this block and in those around it. */
  empty(variable: Variable): void {
    this.#full.delete(variable);
    this.#parent?.empty(variable);
  }

  /** One that some acquire or alias before this place may have filled. */
  variable(pick: Pick): Variable | undefined {
    const used = this.#variables.filter((variable) => !variable.mutable || this.#assigned.has(variable));
    return used[pick % Math.max(1, used.length)];
  }

  /** One that can be assigned a connection of this driver. */
  assignable(pick: Pick, driver: Driver | undefined): Variable | undefined {
    const mutable = this.#variables.filter(
      (variable) => variable.mutable && (driver === undefined || variable.driver === driver),
    );
    return mutable[pick % Math.max(1, mutable.length)];
  }

  flag(pick: Pick): string | undefined {
    return this.#flags[pick % Math.max(1, this.#flags.length)];
  }
}
