import { createRequire } from 'node:module';
import { watchCommonJs, type Ran } from './register/commonjs.ts';
import { findConfig, loadConfig, mayDescribeDrivers } from './register/config-file.ts';
import { watchModules, type Hooks, type Wrap } from './register/esm.ts';
import { know, type Makers } from './register/packages.ts';
import type * as Described from './register/described.ts';
import type * as Source from './register/esm-source.ts';
import type * as Warn from './register/warn.ts';
import type * as Wrapping from './register/wrapping.ts';

// Whatever can wait is required later: a program without a driver pays for what is above.
const require = createRequire(import.meta.url);

function contained<T>(during: string, otherwise: T, run: () => T): T {
  try {
    return run();
  } catch (error) {
    (require('./register/warn.js') as typeof Warn).warnOfFailure(during, error);
    return otherwise;
  }
}

const hooks: Hooks = {
  source: () => require('./register/esm-source.js') as typeof Source,
  loader: new URL('./register/esm-loader.js', import.meta.url),
};

const wrapping = (): typeof Wrapping => require('./register/wrapping.js') as typeof Wrapping;

const wrapRequired: Ran = (module, file, installed) =>
  contained(`reading ${installed.name}`, undefined, () => wrapping().wrapRequired(module, file, installed));

const wrapImported: Wrap = (module, name, value) => contained(`reading ${module}`, value, () => wrapping().wrapImported(module, name, value));

/** The makers of a configuration's own drivers, which have to be known before the program loads one. */
function described(): Makers {
  const file = findConfig();
  if (file === undefined || !mayDescribeDrivers(file)) return {};
  try {
    return (require('./register/described.js') as typeof Described).describedMakers(loadConfig(file));
  } catch {
    // It is read again, and told of, when there is a pool.
    return {};
  }
}

const isRegistered = Symbol.for('@lifeguard/guard.registered');

if (process.env['LIFEGUARD'] !== 'off' && Reflect.get(globalThis, isRegistered) !== true) {
  Object.defineProperty(globalThis, isRegistered, { value: true });
  contained('watching what is loaded', undefined, () => {
    const more = described();
    know(more);
    watchCommonJs(wrapRequired);
    watchModules(wrapImported, hooks, Object.keys(more).length > 0);
  });
}
