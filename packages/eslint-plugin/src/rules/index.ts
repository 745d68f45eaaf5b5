import { noDoubleRelease } from './no-double-release.ts';
import { noFloatingRelease } from './no-floating-release.ts';
import { noPoolPerCall } from './no-pool-per-call.ts';
import { noReleaseBeforeSettled } from './no-release-before-settled.ts';
import { noUseAfterRelease } from './no-use-after-release.ts';
import { requireAcquireTimeout } from './require-acquire-timeout.ts';
import { requireBodyConsumed } from './require-body-consumed.ts';
import { requireRelease } from './require-release.ts';
import { requireReleaseOnThrow } from './require-release-on-throw.ts';
import { runtimeLeak } from './runtime-leak.ts';

/** The rules by id, without the `lifeguard/` before it. */
export const rules = {
  'require-release': requireRelease,
  'require-release-on-throw': requireReleaseOnThrow,
  'no-release-before-settled': noReleaseBeforeSettled,
  'no-double-release': noDoubleRelease,
  'no-use-after-release': noUseAfterRelease,
  'no-floating-release': noFloatingRelease,
  'no-pool-per-call': noPoolPerCall,
  'require-acquire-timeout': requireAcquireTimeout,
  'require-body-consumed': requireBodyConsumed,
  'runtime-leak': runtimeLeak,
};
