import * as tf from "@tensorflow/tfjs";
import { beforeAll, describe, expect, it } from "vitest";
import { selectBackendAsync } from "../../../src/nn/backend.js";
import { lossesAndGradients } from "../../../src/nn/gradients.js";
import { Random } from "../../../src/random.js";
import { actorLoss, criticLoss, criticTargets, type SacBatch, temperatureLoss } from "../../../src/train/sac/losses.js";
import { SacNetworks } from "../../../src/train/sac/networks.js";
import { initialSacState, sacLayout } from "../../../src/train/sac/state.js";
import type { GoldenLayer } from "../../golden/ppoGolden.js";
import { readSacGolden } from "../../golden/sacGolden.js";
import { expectClose } from "../../nn/close.js";

const golden = readSacGolden();
const matrix = (values: readonly number[]) => tf.tensor2d([...values], [golden.batch, values.length / golden.batch]);
const vector = (values: readonly number[]) => tf.tensor1d([...values], "float32");

function goldenBatch(): SacBatch {
  return {
    observations: matrix(golden.observations),
    nextObservations: matrix(golden.nextObservations),
    actions: matrix(golden.actions),
    rewards: vector(golden.rewards),
    discounts: vector(golden.discounts),
  };
}

function expectGradients(gradients: readonly tf.Tensor[], layers: readonly GoldenLayer[]): void {
  const expected = layers.flatMap(({ weights, bias }) => [weights, bias]);
  expect(gradients).toHaveLength(expected.length);
  gradients.forEach((gradient, i) => {
    expectClose(gradient.dataSync(), expected[i]!, { relative: 1e-3, absolute: 1e-6 });
  });
}

describe.each(["wasm", "cpu"] as const)("SAC's losses on %s", (backend) => {
  beforeAll(async () => {
    await selectBackendAsync(backend);
  });

  it("have PyTorch's values and gradients", () => {
    const before = tf.memory().numTensors;
    const networks = new SacNetworks(golden.layout, golden.parameters, golden.logAlpha);
    tf.tidy(() => {
      const batch = goldenBatch();
      const y = criticTargets(networks, batch, matrix(golden.nextNoise));
      expectClose(y.dataSync(), golden.y, { relative: 1e-4, absolute: 1e-5 });

      const critic = lossesAndGradients(networks.criticVariables, () => criticLoss(networks, batch, y));
      expectClose(critic.losses.total.dataSync(), [golden.criticLoss], { relative: 1e-4 });
      expectGradients(critic.gradients, golden.criticGradients.flat());

      const noise = matrix(golden.noise);
      expectClose(networks.sample(batch.observations, noise).logProbability.dataSync(), golden.logProbability, {
        relative: 1e-3,
        absolute: 1e-4,
      });
      const actor = lossesAndGradients(networks.actor.variables, () => actorLoss(networks, batch, noise));
      expectClose(actor.losses.total.dataSync(), [golden.actorLoss], { relative: 1e-4 });
      expectGradients(actor.gradients, golden.actorGradients);

      const { logProbability } = actor.losses;
      const temperature = lossesAndGradients([networks.logAlpha], () =>
        temperatureLoss(networks, logProbability, golden.targetEntropy),
      );
      expectClose(temperature.losses.total.dataSync(), [golden.temperatureLoss], { relative: 1e-4 });
      expectClose(temperature.gradients[0]!.dataSync(), [golden.logAlphaGradient], { relative: 1e-4 });
      for (const { losses } of [critic, actor, temperature]) tf.dispose(losses as tf.TensorContainer);
    });
    networks.dispose();
    expect(tf.memory().numTensors).toBe(before);
  });

  it("lets the targets follow by τ", () => {
    const networks = new SacNetworks(golden.layout, golden.parameters, golden.logAlpha);
    const [source, target] = [golden.criticLayers[0]![0]!.weights, golden.targetLayers[0]![0]!.weights];
    networks.followCritics(0.25);
    expectClose(
      networks.targets[0].variables[0]!.dataSync(),
      target.map((value, i) => value + 0.25 * (source[i]! - value)),
      { absolute: 1e-6 },
    );
    networks.followCritics(1);
    expectClose(networks.targets[1].variables[2]!.dataSync(), golden.criticLayers[1]![1]!.weights, { absolute: 1e-7 });
    networks.dispose();
  });
});

it("SAC starts with the standard deviation asked for, near its zero action, and with targets like its critics", () => {
  const layout = sacLayout({ observationSize: 3, actionSize: 2, activation: "relu", hidden: [16] });
  const { parameters, temperature } = initialSacState(layout, {
    initialStd: 0.3,
    initialAlpha: 0.2,
    random: new Random(1),
  });
  const networks = new SacNetworks(layout, parameters, temperature.logAlpha);
  const observation = tf.tensor2d([[0.5, -1, 2]]);
  const { actions } = networks.sample(observation, tf.tensor2d([[1, 0]]));
  const [one, zero] = actions.dataSync();
  expect(one!).toBeCloseTo(Math.tanh(0.3), 1);
  expect(zero!).toBeCloseTo(0, 1);
  expect(Math.exp(temperature.logAlpha)).toBeCloseTo(0.2, 6);
  const q = (which: typeof networks.critics) =>
    networks.values(which, observation, actions).map((v) => v.dataSync()[0]);
  expect(q(networks.targets)).toEqual(q(networks.critics));
  networks.dispose();
});
