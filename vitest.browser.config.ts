import { defineConfig } from "vitest/config";

/** Whole visits to the Studio in a real browser, one after the other: each keeps two cores busy by itself. */
export default defineConfig({
  test: {
    include: ["test/**/*.browser.test.ts"],
    exclude: ["**/node_modules/**"],
    testTimeout: 120_000,
    hookTimeout: 300_000,
    maxWorkers: 1,
    expect: { poll: { timeout: 30_000 } },
  },
});
