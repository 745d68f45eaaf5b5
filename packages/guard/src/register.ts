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

/** Nothing that fails in here may end the program. */
function contained<T>(during: string, otherwise: T, run: () => T): T {
  try {
    return run();
  } catch (error) {
    try {
      (require('./register/warn.js') as typeof Warn).warnOfFailure(during, error);
    } catch {
      warnShortly(`${during} failed.`);
    }
    return otherwise;
  }
}

let isWarned = false;

/** Tells it once, without a part of the guard, where none can be loaded. */
function warnShortly(sentence: string): void {
  if (isWarned) return;
  isWarned = true;
  const rest = 'The program goes on without it; guard its pools with `guard(pool)`. https://lifeguard.dev/errors#lifeguard_not_registered';
  process.emitWarning(`The guard could not be registered: ${sentence} ${rest}`, { type: 'LifeguardWarning', code: 'LIFEGUARD_NOT_REGISTERED' });
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

function watch(): void {
  const more = described();
  know(more);
  watchCommonJs(wrapRequired);
  watchModules(wrapImported, hooks, Object.keys(more).length > 0);
}

const isRegistered = Symbol.for('@lifeguard/guard.registered');

if (process.env['LIFEGUARD'] !== 'off' && Reflect.get(globalThis, isRegistered) !== true) {
  Object.defineProperty(globalThis, isRegistered, { value: true });
  // The guard is ESM, and a pool that is being made waits for no `import`. A runtime may not say whether it can.
  const canRequire: unknown = process.features.require_module;
  if (canRequire !== false) contained('watching what is loaded', undefined, watch);
  else warnShortly('Node was started with `--no-experimental-require-module`, so that it cannot load the guard for a pool that is being made.');
}
