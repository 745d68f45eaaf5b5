import { constants } from 'node:fs';
import { access, stat } from 'node:fs/promises';

/** Why a file cannot be read, as an error code; `undefined` if it can. */
export async function obstacleTo(file: string): Promise<string | undefined> {
  try {
    const { mode } = await stat(file);
    if ((mode & constants.S_IFMT) !== constants.S_IFREG) {
      return 'not a regular file';
    }
    await access(file, constants.R_OK);
    return undefined;
  } catch (error) {
    return causeOf(error);
  }
}

/** The system's code of an error, or its message. */
export function causeOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return 'code' in error && typeof error.code === 'string' ? error.code : error.message;
}
