export { acquireNames } from './acquires.ts';
export { reportFilesOf } from './files.ts';
export { lookAgain } from './known.ts';
export { locate, sourceOf, type Call, type Source } from './locate.ts';
export { byHarm, Production, type Skipped } from './production.ts';
export { Tally } from './tally.ts';
export { day, duration, times } from './words.ts';
