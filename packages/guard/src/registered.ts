import { mergeDrivers } from '@lifeguard/catalogue';
import { guardAsMade } from './guard.ts';
import { records } from './records.ts';
import type { Made } from './register/making.ts';
import { readSettings, type Settings } from './register/settings.ts';
import { warn, warnOfFailure } from './register/warn.ts';
import { logger } from './sinks/logger.ts';
import { reportFile } from './sinks/report-file.ts';

let settings: Settings | undefined;
let isReading = false;
/** What the configuration itself makes while it is read. */
const early: Made[] = [];

/** Guards what a maker made, if it is a pool that nobody guards; never throws. */
export function guardMade(made: Made): void {
  contained('guarding a pool', () => {
    if (isReading) {
      early.push(made);
      return;
    }
    settings ??= begin();
    for (const one of [...early.splice(0), made]) guardOne(one, settings);
  });
}

function guardOne(made: Made, of: Settings): void {
  const record = mergeDrivers(records(), of.drivers, 'drivers').find(({ packages }) => packages.some(({ module }) => module === made.module));
  guardAsMade(made.value, of.drivers, () => of.optionsOf({ ...made, driver: record?.name ?? made.module }));
}

/** There is a first pool: now it is worth while to read what is to be done with it. */
function begin(): Settings {
  isReading = true;
  try {
    const read = readSettings(warn);
    const toError = (line: unknown): void => console.error(line);
    if (read.log) logger({ error: toError, warn: toError, info: toError });
    const { reportFile: file, sinks } = read;
    if (file !== undefined) contained('writing the report', () => reportFile(file));
    for (const sink of sinks) contained('starting a sink', sink);
    return read;
  } finally {
    isReading = false;
  }
}

/** What fails, at once or later, is told. */
function contained(during: string, run: () => unknown): void {
  const tell = (error: unknown): void => warnOfFailure(during, error);
  try {
    Promise.resolve(run()).catch(tell);
  } catch (error) {
    tell(error);
  }
}
