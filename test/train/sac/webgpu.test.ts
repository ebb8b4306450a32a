import { describe, expect, it } from "vitest";
import { expectClose } from "../../nn/close.js";
import { gpuHosts } from "../../support/gpuHosts.js";

type Probes = typeof import("./gpuProbes.js");

const LOSSES = ["criticLoss", "actorLoss", "value", "entropy", "temperature"] as const;

describe.each(gpuHosts)("SAC on WebGPU in $name", ({ problem, callAllAsync }) => {
  it.skipIf(problem !== null)("learns what it learns on the kernels", { timeout: 300_000 }, async () => {
    const { updates } = await callAllAsync<Probes>("test/train/sac/gpuProbes.ts");
    const { webgpu, wasm } = updates;
    webgpu.losses.forEach((losses, i) => {
      const numbers = (of: typeof losses) => LOSSES.map((name) => of[name]!);
      expectClose(numbers(losses), numbers(wasm.losses[i]!), { relative: 1e-3, absolute: 1e-3 });
    });
    expectClose(webgpu.parameters, wasm.parameters, { relative: 0, absolute: 1e-3 });
    expect(webgpu.logAlpha).toBeCloseTo(wasm.logAlpha, 4);
  });
});
