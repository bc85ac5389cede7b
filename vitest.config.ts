import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['src/**/*.test.ts', 'test/**/*.test.ts', 'bench/**/*.test.ts'],
    exclude: ['test/system/**'],
    // Real databases, real sockets and killed processes on two shared cores: slow is not broken.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    pool: 'forks',
    // Starts nothing until a test asks.
    globalSetup: ['test/support/postgres/keeper.ts'],
  },
});
