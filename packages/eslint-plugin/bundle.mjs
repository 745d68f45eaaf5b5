// What ../bundle.mjs makes of this package: ESLint loads it anew in each run and each of its workers.
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';

/** @type {import('../bundle.mjs').Package} */
export default { folder: dirname(fileURLToPath(import.meta.url)) };
