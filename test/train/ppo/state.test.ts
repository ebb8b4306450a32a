import { beforeAll, describe, expect, it } from "vitest";
import { InputError } from "../../../src/inputError.js";
import { selectBackendAsync } from "../../../src/nn/backend.js";
import { type Checkpoint, decodeCheckpoint, encodeCheckpoint } from "../../../src/train/checkpoint.js";
import type { PpoTrainer } from "../../../src/train/ppo/train.js";
import { DRILL_ROWS, type DrillOptions, drillTrainer } from "../../support/drillTrainer.js";
import { drill } from "../../support/envs/drill.js";
import { steadyReward } from "../../support/envs/probes.js";

/** A trainer that has iterated so many times, and its checkpoint as it comes out of a file. */
async function trainedAsync(iterations: number, options: DrillOptions = {}) {
  const trainer = drillTrainer(options);
  for (let i = 0; i < iterations; i++) await trainer.iterateAsync();
  return { trainer, checkpoint: throughFile(await trainer.checkpointAsync()) };
}

function throughFile(checkpoint: Checkpoint): Checkpoint {
  return decodeCheckpoint(encodeCheckpoint(checkpoint), "memory");
}

async function metricsAsync(trainer: PpoTrainer, iterations: number) {
  const metrics: Readonly<Record<string, number>>[] = [];
  for (let i = 0; i < iterations; i++) metrics.push((await trainer.iterateAsync()).metrics);
  return metrics;
}

beforeAll(async () => {
  await selectBackendAsync("wasm");
});

describe("a PPO checkpoint", () => {
  it.each([
    { what: "everything normalised", options: {} },
    { what: "nothing normalised", options: { network: { normalize: false }, legwork: { normalize_returns: false } } },
    { what: "discrete actions only", options: { task: steadyReward("truncated") } },
  ])("goes on as if the run had never stopped: $what", async ({ options }) => {
    const { trainer, checkpoint } = await trainedAsync(3, options);
    const resumed = drillTrainer({ ...options, seed: 99 });
    resumed.restore(checkpoint);
    expect(resumed.steps).toBe(3 * DRILL_ROWS);
    expect(throughFile(await resumed.checkpointAsync())).toEqual(checkpoint);

    expect(await metricsAsync(resumed, 3)).toEqual(await metricsAsync(trainer, 3));
    expect(await resumed.networkAsync()).toEqual(await trainer.networkAsync());
    expect(await resumed.checkpointAsync()).toEqual(await trainer.checkpointAsync());
    trainer.dispose();
    resumed.dispose();
  });

  it("is a snapshot: it stays as it is when the trainer goes on", async () => {
    const trainer = drillTrainer();
    await trainer.iterateAsync();
    const checkpoint = await trainer.checkpointAsync();
    const copy = throughFile(checkpoint);
    await trainer.iterateAsync();
    expect(throughFile(checkpoint)).toEqual(copy);
    trainer.dispose();
  });

  it("gives a new run its weights and normaliser, and nothing else", async () => {
    const { trainer, checkpoint } = await trainedAsync(3);
    const started = drillTrainer({ seed: 99 });
    const before = await started.checkpointAsync();
    started.initializeFrom(checkpoint);
    expect(await started.networkAsync()).toEqual(await trainer.networkAsync());
    const after = await started.checkpointAsync();
    expect(after.meta.steps).toBe(0);
    const { random, adamStep, returnCount } = before.meta.state as Record<string, unknown>;
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
