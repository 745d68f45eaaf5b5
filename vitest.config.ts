import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

/** Real servers, compilers and generated programs take their time on a small machine. */
const timeouts = { testTimeout: 180_000, hookTimeout: 180_000 };

/** The folders of tests of each part; what stands in no folder named here belongs to the workspace. */
const folders = {
  catalogue: ['contract'],
  lint: ['graph', 'hosts', 'mend', 'oracle', 'read', 'records', 'robustness', 'rules', 'ruling'],
  guard: ['guard', 'runtimes', 'servers'],
  cli: ['cli'],
};

const testsIn = (names: readonly string[]): string[] => names.map((name) => `test/${name}/**/*.test.ts`);

export default defineConfig({
  test: {
    // Whoever has only run the compiler shall not test what was bundled before.
    globalSetup: ['packages/bundle.mjs'],
    // Many wait for a server most of the time, so that two share the two cores of a small machine well.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    projects: [
      ...Object.entries(folders).map(([name, own]) => ({ test: { name, include: testsIn(own), ...timeouts } })),
      {
        test: {
          name: 'workspace',
          include: ['test/**/*.test.ts'],
          exclude: testsIn(Object.values(folders).flat()),
          ...timeouts,
        },
      },
    ],
  },
});
