import { describe, expect, it } from "vitest";
import { InputError } from "../../../src/inputError.js";
import { type Checkpoint, decodeCheckpoint, encodeCheckpoint } from "../../../src/train/checkpoint.js";
import type { OnPolicyTrainer } from "../../../src/train/onPolicy/trainer.js";
import { DRILL_ROWS, type DrillOptions, drillTrainer, startDrillTrainerAsync } from "../../support/drillTrainer.js";
import { drill } from "../../support/envs/drill.js";
import { steadyReward } from "../../support/envs/probes.js";

/** A trainer that has iterated so many times, and its checkpoint as it comes out of a file. */
async function trainedAsync(iterations: number, options: DrillOptions = {}) {
  const trainer = await startDrillTrainerAsync(options);
  for (let i = 0; i < iterations; i++) await trainer.iterateAsync();
  return { trainer, checkpoint: throughFile(await trainer.checkpointAsync()) };
}

function throughFile(checkpoint: Checkpoint): Checkpoint {
  return decodeCheckpoint(encodeCheckpoint(checkpoint), "memory");
}

async function metricsAsync(trainer: OnPolicyTrainer, iterations: number) {
  const metrics: Readonly<Record<string, number>>[] = [];
  for (let i = 0; i < iterations; i++) metrics.push((await trainer.iterateAsync()).metrics);
  return metrics;
}

describe("a PPO checkpoint", () => {
  it.each([
    { what: "everything normalised", options: {} },
    { what: "nothing normalised", options: { network: { normalize: false }, legwork: { normalize_returns: false } } },
    { what: "discrete actions only", options: { task: steadyReward("truncated") } },
  ])("goes on from what was saved, the same way each time: $what", async ({ options }) => {
    const { trainer, checkpoint } = await trainedAsync(3, options);
    trainer.dispose();
    const resumed = [98, 99].map((seed) => drillTrainer({ ...options, seed }));
    for (const one of resumed) {
      one.restore(checkpoint);
      expect(one.steps).toBe(3 * DRILL_ROWS);
      expect(throughFile(await one.checkpointAsync())).toEqual(checkpoint);
      expect(await one.networkAsync()).toEqual(await trainer.networkAsync());
      // Workers draw other random numbers than those of the run that was saved.
      await one.startAsync();
    }
    const [first, second] = resumed as [OnPolicyTrainer, OnPolicyTrainer];
    expect(await metricsAsync(first, 3)).toEqual(await metricsAsync(second, 3));
    expect(await first.checkpointAsync()).toEqual(await second.checkpointAsync());
    for (const one of resumed) one.dispose();
  });

  it("lets the workers learn on with the weights and moments that were saved", async () => {
    const { trainer, checkpoint } = await trainedAsync(1, { hyperparameters: { num_epoch: 1 } });
    const size = trainer.layout.size;
    const ones = { shape: [size], data: new Float32Array(size).fill(1) };
    const resumed = drillTrainer({ hyperparameters: { num_epoch: 1, learning_rate_schedule: "constant" } });
    const state = { ...(checkpoint.meta.state as object), adamStep: 10_000 };
    resumed.restore({
      tensors: { ...checkpoint.tensors, "adam.mean": ones, "adam.square": ones },
      meta: { ...checkpoint.meta, state },
    });
    await resumed.startAsync();
    await resumed.iterateAsync();
    // 64 rows in batches of 16 are 4 steps. The mean gradient starts at 1 everywhere, and none that comes is over 0.5:
    // every parameter falls by at most 4 · 0.01, and at least by 0.01 Σ (0.9ᵏ − (1 − 0.9ᵏ) / 2) = 0.01 · 2.64.
    expect(resumed.state.adam.step).toBe(10_004);
    resumed.state.parameters.forEach((after, i) => {
      const fall = trainer.state.parameters[i]! - after;
      expect(fall).toBeGreaterThan(0.026);
      expect(fall).toBeLessThan(0.04);
    });
    // Steps 0 to 3 equally often: the statistics went on, too.
    expect(resumed.normalizer!.state().count).toBe(2 * DRILL_ROWS);
    expect(resumed.normalizer!.mean[0]).toBeCloseTo(1.5, 12);
    trainer.dispose();
    resumed.dispose();
  });

  it("gives a new run its weights, and lets it explore anew where that is asked for", async () => {
    const { trainer, checkpoint } = await trainedAsync(3);
    const started = drillTrainer({ seed: 99, legwork: { restart_exploration: true, initial_std: 0.3 } });
    started.initializeFrom(checkpoint);
    const [from, to] = [await trainer.networkAsync(), await started.networkAsync()];
    expect(to.layers).toEqual(from.layers);
    for (const logStd of to.logStd) expect(logStd).toBeCloseTo(Math.log(0.3), 6);
    expect(to.logStd).not.toEqual(from.logStd);
    trainer.dispose();
  });

  it("is a snapshot: it stays as it is when the trainer goes on", async () => {
    const trainer = await startDrillTrainerAsync();
    await trainer.iterateAsync();
    const checkpoint = await trainer.checkpointAsync();
    const copy = throughFile(checkpoint);
    await trainer.iterateAsync();
    expect(throughFile(checkpoint)).toEqual(copy);
    trainer.dispose();
  });

  it("gives a new run its weights and the scales that belong to them, and nothing else", async () => {
    const { trainer, checkpoint } = await trainedAsync(3);
    const started = drillTrainer({ seed: 99 });
    const before = await started.checkpointAsync();
    started.initializeFrom(checkpoint);
    expect(await started.networkAsync()).toEqual(await trainer.networkAsync());
    const after = await started.checkpointAsync();
    expect(after.meta.steps).toBe(0);
    const { random, adamStep } = before.meta.state as Record<string, unknown>;
    const { returnCount } = checkpoint.meta.state as Record<string, unknown>;
    expect(after.meta.state).toMatchObject({ random, adamStep, returnCount, observationCount: 3 * DRILL_ROWS });
    const changed = Object.keys(after.tensors).filter(
      (name) => String(after.tensors[name]!.data) !== String(before.tensors[name]!.data),
    );
    expect(changed.sort()).toEqual(
      [
        ...["actor", "critic"].flatMap((name) => [0, 1].flatMap((i) => [`${name}.${i}.weight`, `${name}.${i}.bias`])),
        "log_std",
        "observations.mean",
        "observations.squares",
        "returns.mean",
        "returns.squares",
      ].sort(),
    );
    trainer.dispose();
    started.dispose();
  });

  it.each<{ what: string; from: DrillOptions; into: DrillOptions }>([
    { what: "a wider network", from: { network: { hidden_units: 9 } }, into: {} },
    { what: "a deeper network", from: { network: { num_layers: 2 } }, into: {} },
    { what: "a shallower network", from: {}, into: { network: { num_layers: 2 } } },
    { what: "other observations", from: { task: { ...drill, observationSize: 2 } }, into: {} },
    { what: "other actions", from: { task: { ...drill, actionSpec: { continuous: 2, discrete: [2] } } }, into: {} },
    {
      what: "as many discrete options",
      from: {},
      into: { task: { ...drill, actionSpec: { continuous: 0, discrete: [3] } } },
    },
    {
      what: "as many continuous actions",
      from: {},
      into: { task: { ...drill, actionSpec: { continuous: 3, discrete: [] } } },
    },
    { what: "no normaliser", from: { network: { normalize: false } }, into: {} },
    { what: "a normaliser", from: {}, into: { network: { normalize: false } } },
    { what: "another activation", from: { legwork: { activation: "relu" } }, into: {} },
  ])("of $what is refused and changes nothing", async ({ from, into }) => {
    const { trainer: other, checkpoint } = await trainedAsync(1, { ...from, seed: 5 });
    const trainer = drillTrainer(into);
    const before = await trainer.checkpointAsync();
    for (const restore of [() => trainer.restore(checkpoint), () => trainer.initializeFrom(checkpoint)]) {
      expect(restore).toThrow(InputError);
      expect(restore).toThrow(/The checkpoint is of another network/);
    }
    expect(await trainer.checkpointAsync()).toEqual(before);
    other.dispose();
    trainer.dispose();
  });

  it("of another trainer is refused", async () => {
    const { trainer, checkpoint } = await trainedAsync(1);
    const foreign = { ...checkpoint, meta: { ...checkpoint.meta, trainer: "sac" } };
    expect(() => trainer.restore(foreign)).toThrow('The checkpoint is of trainer "sac", here it must be of "ppo".');
    trainer.dispose();
  });

  it("without the optimiser's moments is refused and changes nothing", async () => {
    const { trainer: other, checkpoint } = await trainedAsync(1, { seed: 5 });
    const { "adam.mean": _, ...tensors } = checkpoint.tensors;
    const trainer = drillTrainer();
    const before = await trainer.checkpointAsync();
    expect(() => trainer.restore({ ...checkpoint, tensors })).toThrow(InputError);
    expect(await trainer.checkpointAsync()).toEqual(before);
    other.dispose();
    trainer.dispose();
  });
});
