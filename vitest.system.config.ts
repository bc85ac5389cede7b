import { defineConfig } from 'vitest/config';

/** Suites that need more than npm gives: Debian's chromium, and what later ones say in their own first lines. */
export default defineConfig({
  test: {
    include: ['test/system/**/*.test.ts'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    pool: 'forks',
    // Starts nothing until a test asks.
    globalSetup: ['test/support/postgres/keeper.ts'],
    // Browsers and servers side by side on two cores would only measure each other.
    fileParallelism: false,
  },
});
