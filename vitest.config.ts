import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

// The threads of the store and every process that a test starts read our sources anew: compiled once, they start in
// half the time.
process.env['NODE_COMPILE_CACHE'] ??= fileURLToPath(
  new URL('./node_modules/.cache/recado-compile', import.meta.url),
);

/**
 * The journeys whose outcome the store decides: what is taken, sent, told, listed and counted. The others talk to
 * doors, pages, processes and files, which are the same on both engines; what each operation of the store does is
 * pinned on every engine by test/contract.
 */
const journeysOfTheStore = [
  'access',
  'account-state',
  'content',
  'costs',
  'endpoints',
  'media',
  'merges',
  'opt-outs',
  'retention',
  'sending-outcomes',
  'settings',
  'silence',
  'stopping',
  'time-travel',
  'whole-loop',
];

export default defineConfig({
  test: {
    // Real databases, real sockets and killed processes on two shared cores: slow is not broken.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    pool: 'forks',
    // Half of the time goes by waiting for disks, leases and processes: of two cores, vitest alone would use one.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    // Starts nothing until a test asks.
    globalSetup: ['test/support/postgres/keeper.ts'],
    projects: [
      {
        extends: true,
        test: {
          name: 'all',
          include: ['src/**/*.test.ts', 'test/**/*.test.ts', 'bench/**/*.test.ts'],
          exclude: ['test/system/**'],
        },
      },
      {
        extends: true,
        test: {
          name: 'postgres',
          include: journeysOfTheStore.map((name) => `test/journeys/${name}.test.ts`),
          env: { RECADO_TEST_ENGINE: 'postgres' },
        },
      },
    ],
  },
});
