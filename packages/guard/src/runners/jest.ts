import vm from 'node:vm';
import type { connect, JestLeaks } from './circus.ts';

export type { CallSite } from '../lease/site.ts';
export type { Faults, LeakOptions, SitePattern } from './options.ts';

// What Jest loads as ES modules lives in its realm too: see jest.cjs.
const outside = vm.runInThisContext('process') as NodeJS.Process;
const outer = outside.getBuiltinModule('node:module').createRequire(import.meta.url)('./circus.js') as { readonly connect: typeof connect };

/**
 * `failOnLeaks(options)` fails every test of the file that leaks a connection, where it is called in
 * a set-up file or at the head of a test file; `setupFilesAfterEnv: ['@lifeguard/guard/jest']` does
 * it for all files, without options. `expectNoLeaks` does it in one test.
 */
export const { failOnLeaks, expectNoLeaks }: JestLeaks = outer.connect(globalThis);
