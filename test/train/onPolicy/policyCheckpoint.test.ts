import { describe, expect, it } from "vitest";
import { policyToOnnx } from "../../../src/export/policyToOnnx.js";
import { InputError } from "../../../src/inputError.js";
import type { PolicyNetwork } from "../../../src/policy/network.js";
import { checkpointOfPolicy } from "../../../src/train/onPolicy/policyCheckpoint.js";
import type { OnPolicyTrainer } from "../../../src/train/onPolicy/trainer.js";
import { metadataFor, randomNetwork } from "../../policy/randomNetwork.js";
import { type DrillOptions, drillTrainer, startDrillTrainerAsync } from "../../support/drillTrainer.js";
import { drill } from "../../support/envs/drill.js";
import { expectNear } from "../../support/near.js";

/** A task with the drill's observation twice, because metadata in these tests wants two. */
const task = { ...drill, observationSize: 2 };
const options: DrillOptions = { task, network: { hidden_units: 8, num_layers: 2 }, legwork: { activation: "elu" } };

/** A policy that fits it. */
function policyOf(changes: Partial<Parameters<typeof randomNetwork>[0]> = {}): PolicyNetwork {
  return randomNetwork({
    observationSize: 2,
    hidden: [8, 8],
    actionSpec: task.actionSpec,
    activation: "elu",
    seed: 5,
    ...changes,
  });
}

function checkpointOf(network: PolicyNetwork) {
  return checkpointOfPolicy(policyToOnnx(network, metadataFor(network)), "policy.onnx");
}

function expectSameNetwork(actual: PolicyNetwork, expected: PolicyNetwork): void {
  expect(actual.layers.length).toBe(expected.layers.length);
  actual.layers.forEach(({ weights, bias }, i) => {
    expect([...weights]).toEqual([...expected.layers[i]!.weights]);
    expect([...bias]).toEqual([...expected.layers[i]!.bias]);
  });
  expectNear(actual.logStd, expected.logStd, 1e-6);
}

/** Weights of the policy, its standard deviation included; and of the critic. */
async function weightsAsync(trainer: OnPolicyTrainer) {
  const { layers, logStd } = await trainer.networkAsync();
  const { tensors } = await trainer.checkpointAsync();
  return {
    policy: [...layers.flatMap(({ weights, bias }) => [...weights, ...bias]), ...logStd],
    critic: Object.entries(tensors).flatMap(([name, { data }]) => (name.startsWith("critic.") ? [...data] : [])),
  };
}

describe("checkpointOfPolicy", () => {
  it("gives a trainer the network that was exported, normaliser included", async () => {
    const network = policyOf();
    const trainer = drillTrainer(options);
    trainer.initializeFrom(checkpointOf(network));
    const started = await trainer.networkAsync();
    expectSameNetwork(started, network);
    expectNear(started.normalizer!.mean, network.normalizer!.mean, 1e-6);
    expectNear(started.normalizer!.std, network.normalizer!.std, 1e-4);
    expect(trainer.steps).toBe(0);
    trainer.dispose();
  });

  it("gives one without a normaliser, and one with discrete actions only", async () => {
    const bare = drillTrainer({ ...options, network: { ...options.network, normalize: false } });
    const network = policyOf({ normalize: false });
    bare.initializeFrom(checkpointOf(network));
    expectSameNetwork(await bare.networkAsync(), network);
    expect(bare.normalizer).toBeNull();
    const actionSpec = { continuous: 0, discrete: [3, 2] };
    const choosing = drillTrainer({ ...options, task: { ...task, actionSpec } });
    const choices = policyOf({ actionSpec });
    choosing.initializeFrom(checkpointOf(choices));
    expectSameNetwork(await choosing.networkAsync(), choices);
    for (const trainer of [bare, choosing]) trainer.dispose();
  });

  it("lets later observations move the normaliser, but slowly", async () => {
    const trainer = drillTrainer(options);
    const network = policyOf();
    trainer.initializeFrom(checkpointOf(network));
    await trainer.startAsync();
    await trainer.iterateAsync();
    // 64 rows among 100,000.
    expect(trainer.normalizer!.state().count).toBe(1_000_064);
    expectNear(trainer.normalizer!.mean, network.normalizer!.mean, 0.01);
    trainer.dispose();
  });

  it("refuses what is no policy of Legwork's, and a network of another kind", () => {
    const network = policyOf();
    const bytes = policyToOnnx(network, metadataFor(network));
    expect(() => checkpointOfPolicy(new Uint8Array(10), "x.onnx")).toThrow(InputError);
    expect(() => checkpointOfPolicy(bytes.slice(0, bytes.length / 2), "x.onnx")).toThrow(InputError);
    const trainer = drillTrainer({ ...options, network: { hidden_units: 9, num_layers: 2 } });
    const narrower = checkpointOf(network);
    expect(() => trainer.initializeFrom(narrower)).toThrow(/^The checkpoint is of another network/);
    // It has neither critic nor optimiser to go on with.
    const same = drillTrainer(options);
    expect(() => same.restore(narrower)).toThrow(InputError);
    for (const one of [trainer, same]) one.dispose();
  });
});

describe("a run from a policy without a critic", () => {
  it("teaches its critic for twenty updates, in which the policy stays as it was", async () => {
    const trainer = drillTrainer({ ...options, hyperparameters: { beta: 0.1 }, legwork: { ...options.legwork } });
    trainer.initializeFrom(checkpointOf(policyOf()));
    await trainer.startAsync();
    const start = await weightsAsync(trainer);
    let critic = start.critic;
    for (let update = 1; update <= 20; update++) {
      await trainer.iterateAsync();
      const now = await weightsAsync(trainer);
      expect(now.policy).toEqual(start.policy);
      expect(now.critic).not.toEqual(critic);
      critic = now.critic;
    }
    await trainer.iterateAsync();
    const distance = (await weightsAsync(trainer)).policy.reduce(
      (sum, x, i) => sum + Math.abs(x - start.policy[i]!),
      0,
    );
    expect(distance).toBeGreaterThan(0.1);
    trainer.dispose();
  });

  it("leaves an adaptive learning rate alone meanwhile", async () => {
    const adaptive = { learning_rate: 0.001, learning_rate_schedule: "adaptive" };
    const trainer = drillTrainer({ ...options, hyperparameters: adaptive });
    trainer.initializeFrom(checkpointOf(policyOf()));
    await trainer.startAsync();
    for (let update = 1; update <= 20; update++) await trainer.iterateAsync();
    // The policy has not moved, which would look like much too small a rate.
    expect(trainer.adaptiveRate).toBe(0.001);
    trainer.dispose();
  });

  it("is only for policies without one: a checkpoint of a trainer learns at once", async () => {
    const old = await startDrillTrainerAsync({ seed: 3 });
    const trainer = drillTrainer();
    trainer.initializeFrom(await old.checkpointAsync());
    await trainer.startAsync();
    const before = await weightsAsync(trainer);
    await trainer.iterateAsync();
    expect((await weightsAsync(trainer)).policy).not.toEqual(before.policy);
    for (const one of [old, trainer]) one.dispose();
  });
});

describe("the adaptive learning rate of a trainer", () => {
  it("follows the divergence of the updates, and comes back from a checkpoint", async () => {
    const adaptive = { learning_rate: 1e-4, learning_rate_schedule: "adaptive" };
    const trainer = await startDrillTrainerAsync({ hyperparameters: adaptive, legwork: { desired_kl: 1e6 } });
    for (let i = 0; i < 3; i++) await trainer.iterateAsync();
    // Never near a divergence of 1e6: 1.5³ times as large.
    expect(trainer.adaptiveRate).toBeCloseTo(3.375e-4, 9);
    const resumed = drillTrainer({ hyperparameters: adaptive, seed: 2 });
    resumed.restore(await trainer.checkpointAsync());
    expect(resumed.adaptiveRate).toBe(trainer.adaptiveRate);
    for (const one of [trainer, resumed]) one.dispose();
  });
});
