import ts from 'typescript';

/** One member of an interface, as its TSDoc and its type say. */
export interface Declared {
  readonly name: string;
  readonly type: string;
  readonly isOptional: boolean;
  /** The text of its comment, in one line. */
  readonly text: string;
}

/** The interfaces of one program, read with the compiler. */
export class Declarations {
  readonly #checker: ts.TypeChecker;
  readonly #types = new Map<string, ts.Type>();
  readonly #unions = new Map<string, string>();

  /** @param files - Absolute paths; what they import is read too. */
  constructor(files: readonly string[]) {
    const program = ts.createProgram([...files], {
      target: ts.ScriptTarget.ES2023,
      module: ts.ModuleKind.NodeNext,
      lib: ['lib.es2023.d.ts', 'lib.esnext.disposable.d.ts'],
      types: ['node'],
      strict: true,
      exactOptionalPropertyTypes: true,
      allowImportingTsExtensions: true,
      noEmit: true,
      skipLibCheck: true,
    });
    this.#checker = program.getTypeChecker();
    for (const source of program.getSourceFiles().filter(({ fileName }) => fileName.includes('/packages/'))) {
      ts.forEachChild(source, (node) => {
        if (ts.isInterfaceDeclaration(node)) this.#types.set(node.name.text, this.#checker.getTypeAtLocation(node));
        if (ts.isTypeAliasDeclaration(node) && ts.isUnionTypeNode(node.type) && node.type.types.every(ts.isLiteralTypeNode)) {
          this.#unions.set(node.name.text, node.type.types.map((type) => type.getText()).join(' | '));
        }
      });
    }
  }

  /** The first sentences of the comment of an interface. */
  textOf(name: string): string {
    return this.#text(this.#named(name).getSymbol());
  }

  /** The members of an interface, its own first. */
  membersOf(name: string): readonly Declared[] {
    return this.#membersOf(this.#named(name));
  }

  /** The members of the type of a member of an interface; none where that is a bare `object`. */
  membersOfMember(name: string, member: string): readonly Declared[] {
    const symbol = this.#named(name).getProperty(member);
    if (symbol === undefined) throw new Error(`${name} has no member ${member}.`);
    return this.#membersOf(this.#checker.getTypeOfSymbol(symbol));
  }

  /** Whether a word is the name of an interface of the program. */
  has(name: string): boolean {
    return this.#types.has(name);
  }

  #named(name: string): ts.Type {
    const type = this.#types.get(name);
    if (type === undefined) throw new Error(`No interface has the name ${name}.`);
    return type;
  }

  #membersOf(type: ts.Type): readonly Declared[] {
    return type.getProperties().map((symbol) => {
      const isOptional = (symbol.flags & ts.SymbolFlags.Optional) !== 0;
      const text = this.#text(symbol);
      return { name: symbol.name, type: this.#typeText(symbol), isOptional, text };
    });
  }

  #text(symbol: ts.Symbol | undefined): string {
    return ts.displayPartsToString(symbol?.getDocumentationComment(this.#checker)).replaceAll(/\s+/gu, ' ').trim();
  }

  /** As it is written, with the names of unions of words replaced by the words: they are what a reader writes. */
  #typeText(symbol: ts.Symbol): string {
    const declaration = symbol.valueDeclaration;
    if (declaration === undefined || !ts.isPropertySignature(declaration) || declaration.type === undefined) {
      throw new Error(`${symbol.name} is no property with a type.`);
    }
    return declaration.type.getText().replaceAll(/\b[A-Z]\w+\b/gu, (name) => this.#unions.get(name) ?? name);
  }
}
