import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    exclude: ["test/learning/**", "**/*.browser.test.ts", "**/node_modules/**"],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // Physics and tensors are heavy: two files at a time keep timeouts honest on two cores.
    maxWorkers: 2,
  },
});
