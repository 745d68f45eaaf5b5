import { readFileSync } from 'node:fs';
import ts from 'typescript';

/** The name of the function of a module in which a line stands; empty outside of all of them. */
export function functionAt(file: string, line: number): string {
  const source = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.ES2022);
  const lineOf = (position: number): number => source.getLineAndCharacterOfPosition(position).line + 1;
  const around = source.statements.filter(
    (one) => ts.isFunctionDeclaration(one) && lineOf(one.getStart(source)) <= line && line <= lineOf(one.end),
  );
  return around.map((one) => (ts.isFunctionDeclaration(one) ? (one.name?.text ?? '') : '')).join();
}
