import { beforeAll, describe, expect, it } from "vitest";
import { callAllInNodeAsync, gpuHosts, type Results } from "../../support/gpuHosts.js";
import { expectClose } from "../close.js";

type Probes = typeof import("./probes.js");

describe.each(gpuHosts)("WebGPU in $name", ({ problem, callAllAsync }) => {
  describe.skipIf(problem !== null)(problem ?? "on SwiftShader", () => {
    let results: Results<Probes>;
    beforeAll(async () => {
      results = await callAllAsync<Probes>("test/nn/webgpu/probes.ts");
    }, 300_000);

    it("gives layers the values and gradients of plain tfjs", () => {
      expect(results.denseResults.length).toBe(9);
      for (const { name, worst, size } of results.denseResults) {
        expect({ name, worst: Math.max(...worst) < 1 }).toEqual({ name, worst: true });
        expect({ name, size: Math.min(...size) > 1e-5 }).toEqual({ name, size: true });
      }
    });

    it("is right far from 0, and lets through what is not a number", () => {
      // −1e30, −300, −20, −0.001, 0, 0.001, 20, 300, 1e30, NaN
      const { tanh, relu, elu, swish } = results.extremeValues as Record<string, (number | null)[]>;
      const finite = (values: (number | null)[] | undefined) => values!.slice(0, 9) as number[];
      expectClose(finite(tanh), [-1, -1, -1, -0.001, 0, 0.001, 1, 1, 1]);
      expectClose(finite(relu), [0, 0, 0, 0, 0, 0.001, 20, 300, 1e30]);
      expectClose(finite(elu), [-1, -1, -1, Math.expm1(-0.001), 0, 0.001, 20, 300, 1e30]);
      expectClose(finite(swish), [0, 0, -4.1e-8, -0.0004998, 0, 0.0005002, 20, 300, 1e30]);
      expect([tanh, relu, elu, swish].map((values) => values![9])).toEqual([null, null, null, null]);
    });

    it("computes only the gradients that are asked for, and leaves nothing behind", () => {
      // One dispatch forward, one for the input, one for weights and bias together.
      expect(results.denseBookkeeping).toEqual({ onlyWeights: 2, onlyInput: 2, all: 3, left: 0 });
    });

    it("makes the same steps of Adam as plain tfjs", () => {
      const { plain, ours, dispatches } = results.adamResults;
      expectClose(ours.norms, plain.norms, { relative: 1e-5 });
      expect(Math.min(...plain.norms)).toBeLessThan(10);
      expect(Math.max(...plain.norms)).toBeGreaterThan(10);
      ours.variables.forEach((values, i) => {
        expectClose(values, plain.variables[i]!, { relative: 1e-5, absolute: 1e-5 });
      });
      // Nine variables: two sums of up to seven, the norm, five steps of up to two.
      expect(dispatches).toBe(8);
    });

    it("overwrites variables, but nothing that shares their memory", () => {
      const { aliases, before, after, isOurs } = results.adamAliases;
      expect(isOurs).toBe(true);
      expect(aliases).toEqual([before, before]);
      expectClose(
        after,
        before.map((x) => x - 1),
        { absolute: 1e-4 },
      );
    });

    it("tells a failure of the device from other errors", () => {
      const { afterInvalidShader, otherError } = results.failures;
      expect(afterInvalidShader).toMatch(/^BackendLostError: The GPU of the backend "webgpu" failed: .*shader/is);
      expect(otherError).toBe("TypeError: a mistake");
    });
  });
});

describe("where there is no WebGPU", () => {
  type Absence = typeof import("./absence.js");
  const without = async (environment: Record<string, string>, options?: string[]) =>
    (await callAllInNodeAsync<Absence>("test/nn/webgpu/absence.ts", environment, options)).absence;

  it.runIf(process.platform === "linux")("says that there is no adapter", async () => {
    const problem = "no WebGPU adapter was found";
    expect(await without({ VK_DRIVER_FILES: "/nothing.json", VK_ICD_FILENAMES: "/nothing.json" })).toEqual({
      problem,
      error: `InputError: The backend "webgpu" cannot be used here: ${problem}; choose "auto", "wasm" or "cpu".`,
      backend: "wasm",
    });
  });

  it("says that the package is missing", async () => {
    const hook = `export const resolve = (name, context, next) => {
      if (name === "webgpu") throw new Error("not found");
      return next(name, context);
    };`;
    const url = (code: string) => `data:text/javascript,${encodeURIComponent(code)}`;
    const register = url(`import { register } from "node:module"; register(${JSON.stringify(url(hook))});`);
    expect((await without({}, ["--import", register])).problem).toBe('the npm package "webgpu" is not installed');
  });
});
