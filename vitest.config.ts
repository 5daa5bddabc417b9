import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    pool: 'forks',
    // The dictionary takes seconds and a quarter gigabyte to load: once per process, not once per file.
    isolate: false,
    testTimeout: 60_000,
    hookTimeout: 120_000,
  },
});
