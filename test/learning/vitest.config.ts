import { defineConfig } from "vitest/config";

/** Long runs, started by `npm run test:learning`. `UPDATE_RESULTS=1` writes what they reach to `results.json`. */
export default defineConfig({
  test: {
    root: import.meta.dirname,
    include: ["*.test.ts"],
    testTimeout: 1_800_000,
    hookTimeout: 60_000,
    // One run at a time: all of them write the same file.
    fileParallelism: false,
  },
});
