// A program without a database, which has loaded what it needs when it is registered and loads more then.
import '../../../../packages/guard/dist/register.js';
import { createRequire } from 'node:module';

await import('hono');
createRequire(import.meta.url)('express');
