import { describe, expect, it } from "vitest";
import { BackendLostError } from "../../../src/nn/backend.js";
import { Random } from "../../../src/random.js";
import type { LearnSettings, OnPolicyBatch, OnPolicyLearner } from "../../../src/train/onPolicy/learner.js";
import { chooseLearnerAsync } from "../../../src/train/ppo/chooseLearner.js";
import { KernelLearner } from "../../../src/train/ppo/kernelLearner.js";
import { initialState, layoutFor, SETTINGS } from "./ppoBatch.js";

const layout = layoutFor({ continuous: 2, discrete: [3] }, [8], "tanh");
const settings: LearnSettings = { ...SETTINGS, batchSize: 10, targetKl: 0.01 };

/** A clock that only learning moves on. */
class Clock {
  time = 0;
  readonly now = () => this.time;
}

/** Learners that take as long as they are told, update by update. */
function candidate(name: string, clock: Clock, milliseconds: readonly number[], failure?: Error) {
  const log: { batch: OnPolicyBatch; settings: LearnSettings }[] = [];
  const state = { disposed: 0 };
  const learner: OnPolicyLearner = {
    updateAsync(batch, updateSettings) {
      if (failure) return Promise.reject(failure);
      clock.time += milliseconds[log.length]!;
      log.push({ batch, settings: updateSettings });
      return Promise.resolve({
        policyLoss: 0,
        valueLoss: 0,
        entropy: 0,
        approximateKl: 0,
        clipFraction: 0,
        epochs: 1,
      });
    },
    stateAsync: () => Promise.reject(new Error("not needed")),
    load: () => {},
    dispose: () => {
      state.disposed++;
    },
  };
  return { name, members: 1, createAsync: () => Promise.resolve(learner), log, state };
}

describe("chooseLearnerAsync", () => {
  it("takes the one whose gradient steps are fastest once it is warm", async () => {
    const clock = new Clock();
    const wasm = candidate("wasm", clock, [1, 8, 12]);
    const webgpu = candidate("webgpu", clock, [5000, 40, 4]);
    const { fastest, timings } = await chooseLearnerAsync([wasm, webgpu], layout, settings, clock.now);
    expect(fastest).toBe(webgpu);
    // Four steps each: 8 / 4 and 4 / 4.
    expect(timings).toEqual([
      { name: "wasm", milliseconds: 2 },
      { name: "webgpu", milliseconds: 1 },
    ]);
    expect([wasm.state.disposed, webgpu.state.disposed]).toEqual([1, 1]);
  });

  it("counts that several members share the work", async () => {
    const clock = new Clock();
    const wasm = { ...candidate("wasm", clock, [1, 8, 12]), members: 4 };
    const webgpu = candidate("webgpu", clock, [5000, 40, 4]);
    const { fastest, timings } = await chooseLearnerAsync([wasm, webgpu], layout, settings, clock.now);
    expect(fastest).toBe(wasm);
    expect(timings.map(({ milliseconds }) => milliseconds)).toEqual([0.5, 1]);
  });

  it("times whole minibatches of the run's size, in one pass", async () => {
    const clock = new Clock();
    const one = candidate("one", clock, [1, 1, 1]);
    const two = candidate("two", clock, [2, 2, 2]);
    await chooseLearnerAsync([one, two], layout, settings, clock.now);
    expect(one.log.length).toBe(3);
    for (const { batch, settings: used } of one.log) {
      expect(used).toEqual({ ...settings, epochs: 1, targetKl: null });
      expect(batch.size).toBe(40);
    }
  });

  it("gives the real learner numbers that it can learn from", async () => {
    const state = initialState(layout, new Random(1));
    const updates: unknown[] = [];
    const real = {
      name: "wasm",
      members: 1,
      createAsync: async () => {
        const learner = await KernelLearner.createAsync({
          layout,
          state,
          maxGradNorm: 0.5,
          maxRows: 40,
          random: new Random(1),
        });
        const updateAsync: OnPolicyLearner["updateAsync"] = async (...parameters) => {
          const update = await learner.updateAsync(...parameters);
          updates.push(...Object.values(update));
          return update;
        };
        return {
          updateAsync,
          stateAsync: () => learner.stateAsync(),
          load: () => {},
          dispose: () => learner.dispose(),
        };
      },
    };
    const { timings } = await chooseLearnerAsync([real, real], layout, settings);
    expect(timings.every(({ milliseconds }) => milliseconds > 0 && Number.isFinite(milliseconds))).toBe(true);
    expect(updates.length).toBe(2 * 3 * 6);
    expect(updates.every(Number.isFinite)).toBe(true);
  });

  it("takes one alone without a trial", async () => {
    const only = candidate("wasm", new Clock(), []);
    expect(await chooseLearnerAsync([only], layout, settings)).toEqual({ fastest: only, timings: [] });
    expect(only.log).toEqual([]);
  });

  it("leaves out a device that fails, but hides no other error", async () => {
    const clock = new Clock();
    const wasm = candidate("wasm", clock, [1, 1, 1]);
    const lost = candidate("webgpu", clock, [], new BackendLostError("gone"));
    const { fastest, timings } = await chooseLearnerAsync([lost, wasm], layout, settings, clock.now);
    expect(fastest).toBe(wasm);
    expect(timings[0]).toEqual({ name: "webgpu", milliseconds: Number.POSITIVE_INFINITY });
    expect(lost.state.disposed).toBe(1);
    const broken = candidate("webgpu", clock, [], new TypeError("a mistake"));
    await expect(chooseLearnerAsync([wasm, broken], layout, settings, clock.now)).rejects.toThrow("a mistake");
  });
});
