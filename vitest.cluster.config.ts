import { defineConfig } from 'vitest/config';

// Needs a Kubernetes cluster through KUBECONFIG and the images of the tested lines on its nodes.
export default defineConfig({
  test: {
    include: ['test/cluster/**/*.test.ts'],
    globalSetup: ['test/support/build.ts'],
    env: { TZ: 'UTC', LC_ALL: 'C', NO_COLOR: '1' },
    reporters: ['verbose'],
    fileParallelism: false,
    bail: 1,
    testTimeout: 600_000,
    hookTimeout: 900_000,
  },
});
