const code = /\.(?:[cm]?[jt]s|[jt]sx)$/;
const declarations = /\.d\.(?:[^.]+\.)?[cm]?ts$/;

/** Whether a file of this name can be checked. */
export function isCode(name: string): boolean {
  return code.test(name);
}

/** Whether a file of this name is worth checking unasked: declarations acquire nothing. */
export function isRunningCode(name: string): boolean {
  return code.test(name) && !declarations.test(name);
}
