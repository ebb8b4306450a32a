import { defineConfig } from "vitest/config";

/** Whole visits to the Studio in a real browser, one after the other: each keeps two cores busy by itself. */
export default defineConfig({
  test: {
    include: ["test/browser/**/*.test.ts", "test/studio/inspector/**/*.test.ts"],
    testTimeout: 120_000,
    hookTimeout: 300_000,
    maxWorkers: 1,
  },
});
