import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

/** Rooms that do no I/O and keep nothing between calls: their files can share one process, which halves their time. */
const pure = ['approval', 'audience', 'audit', 'campaign', 'core', 'desk', 'privacy', 'publish', 'vault'].map(
  (room) => `test/${room}/**/*.test.ts`,
);

export default defineConfig({
  test: {
    pool: 'forks',
    // Most suites wait for processes, servers and browsers of their own.
    maxWorkers: Math.max(2, availableParallelism()),
    testTimeout: 30_000,
    hookTimeout: 60_000,
    projects: [
      { extends: true, test: { name: 'pure', include: pure, isolate: false } },
      { extends: true, test: { name: 'real', include: ['test/**/*.test.ts'], exclude: pure } },
    ],
  },
});
