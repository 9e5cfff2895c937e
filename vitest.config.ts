import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

import { componentTests, systemTests } from './scripts/test-projects.mjs';

export default defineConfig({
  test: {
    projects: [...componentTests, ...systemTests].map(({ name, root, only, without, isolate }) => ({
      extends: true,
      test: {
        name,
        root,
        isolate,
        include: only,
        exclude: without,
      },
    })),
    setupFiles: [fileURLToPath(new URL('scripts/property-seed.mjs', import.meta.url))],
    // Most of what runs long waits for the clock or for other programs.
    maxWorkers: '100%',
    testTimeout: 30_000,
    hookTimeout: 30_000,
    // What is waited for comes later on a busy machine, and all the sooner elsewhere.
    expect: { poll: { timeout: 10_000 } },
  },
});
