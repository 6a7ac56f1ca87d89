import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/{unit,golden,helm}/**/*.test.ts'],
    globalSetup: ['test/support/build.ts'],
    setupFiles: ['test/support/fast-check.ts'],
    env: { TZ: 'UTC', LC_ALL: 'C', NO_COLOR: '1' },
    // For what hangs: a slow machine is no failure.
    testTimeout: 600_000,
    hookTimeout: 900_000,
    expect: { poll: { timeout: 30_000 } },
  },
});
