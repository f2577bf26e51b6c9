import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: ['test/support/global-database.ts'],
    // Tests wait for the database as long as they compute.
    maxWorkers: '100%',
    // Browsers and processes meet busy moments of a machine; what fails twice is broken. What needed the second try is told.
    retry: 1,
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
});
