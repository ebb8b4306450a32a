import { beforeAll, describe, expect, it } from "vitest";
import type { OnPolicyUpdate } from "../../../src/train/onPolicy/learner.js";
import { expectClose } from "../../nn/close.js";
import { gpuHosts, type Results } from "../../support/gpuHosts.js";
import type { Comparison } from "./gpuProbes.js";

type Probes = typeof import("./gpuProbes.js");

/** Minibatches of the update whose calls are counted: 2 passes over 2. */
const MINIBATCHES = 4;

describe.each(gpuHosts)("PPO on WebGPU in $name", ({ problem, callAllAsync }) => {
  describe.skipIf(problem !== null)(problem ?? "on SwiftShader", () => {
    let results: Results<Probes>;
    beforeAll(async () => {
      results = await callAllAsync<Probes>("test/train/ppo/gpuProbes.ts");
    }, 300_000);

    const expectSame = ({ webgpu, wasm }: Comparison, updates: number, tolerance: number) => {
      expect([webgpu.losses.length, wasm.losses.length]).toEqual([updates, updates]);
      webgpu.losses.forEach((losses, i) => {
        const numbers = (update: OnPolicyUpdate) => Object.values(update) as number[];
        expect(Object.keys(losses)).toEqual(Object.keys(wasm.losses[i]!));
        expectClose(numbers(losses), numbers(wasm.losses[i]!), { relative: 0, absolute: tolerance });
      });
      expect(webgpu.step).toBe(wasm.step);
      expectClose(webgpu.parameters, wasm.parameters, { relative: 0, absolute: tolerance });
    };

    it("has the losses of wasm within 1e-3 over 20 updates", () => {
      expectSame(results.continuousTanh, 20, 1e-3);
    });

    it("makes the same updates as wasm with swish, and with discrete actions", () => {
      expectSame(results.continuousSwish, 2, 1e-4);
      expectSame(results.hybrid, 2, 1e-4);
    });

    it("takes few dispatches for a minibatch", () => {
      const { tanh, swish } = results.callsPerUpdate;
      expect(tanh.dispatches / MINIBATCHES).toBeLessThanOrEqual(40);
      expect(swish.dispatches / MINIBATCHES).toBeLessThanOrEqual(44);
      expect(tanh.dispatches / MINIBATCHES).toBeGreaterThan(10);
    });

    it("reads back once per update, and once more per pass only where the KL divergence may end it", () => {
      const { tanh, limited } = results.callsPerUpdate;
      expect([tanh.readBacks, limited.readBacks]).toEqual([1, 3]);
    });

    it("uploads observations and actions once per update", () => {
      expect(results.callsPerUpdate.uploadsOfBatch).toBe(2);
    });

    it("leaves no tensors behind", () => {
      expect(results.leftovers).toEqual({ afterUpdate: 0, afterDispose: 0 });
    });

    it("says when the device is lost; wasm, or a new device, goes on from the last state", () => {
      const { errors, onWasm, onNewDevice } = results.lostDevice;
      expect(errors.length).toBe(3);
      for (const error of errors)
        expect(error).toMatch(/^BackendLostError: The GPU of the backend "webgpu" failed: .+/);
      expectClose(Object.values(onNewDevice), Object.values(onWasm), { absolute: 1e-4 });
    });
  });
});
