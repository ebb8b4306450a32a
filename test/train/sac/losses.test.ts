import * as tf from "@tensorflow/tfjs";
import { beforeAll, describe, expect, it } from "vitest";
import { selectBackendAsync } from "../../../src/nn/backend.js";
import { lossesAndGradients } from "../../../src/nn/gradients.js";
import type { Mlp } from "../../../src/nn/mlp.js";
import { Random } from "../../../src/random.js";
import { actorLoss, criticLoss, criticTargets, type SacBatch, temperatureLoss } from "../../../src/train/sac/losses.js";
import { SacNetworks } from "../../../src/train/sac/networks.js";
import type { GoldenLayer } from "../../golden/ppoGolden.js";
import { readGolden } from "../../golden/readGolden.js";
import { expectClose } from "../../nn/close.js";

type Numbers = "observations" | "nextObservations" | "actions" | "rewards" | "discounts" | "noise" | "nextNoise" | "y";

/** What generate_sac.py writes. */
interface SacGolden extends Readonly<Record<Numbers, number[]>> {
  readonly batch: number;
  readonly actionSize: number;
  readonly targetEntropy: number;
  readonly logAlpha: number;
  readonly actor: readonly GoldenLayer[];
  readonly critics: readonly (readonly GoldenLayer[])[];
  readonly targets: readonly (readonly GoldenLayer[])[];
  readonly logProbability: number[];
  readonly criticLoss: number;
  readonly actorLoss: number;
  readonly temperatureLoss: number;
  readonly criticGradients: readonly (readonly GoldenLayer[])[];
  readonly actorGradients: readonly GoldenLayer[];
  readonly logAlphaGradient: number;
}

const golden = readGolden<SacGolden>("sac");

function load(network: Mlp, layers: readonly GoldenLayer[]): void {
  network.load(
    layers.map((layer) => ({
      ...layer,
      weights: Float32Array.from(layer.weights),
      bias: Float32Array.from(layer.bias),
    })),
  );
}

function goldenNetworks(): SacNetworks {
  const [first] = golden.actor;
  const networks = new SacNetworks(
    { observationSize: first!.inputs, actionSize: golden.actionSize, activation: "tanh", hidden: [8, 8] },
    { initialStd: 1, initialAlpha: Math.exp(golden.logAlpha), random: new Random(1) },
  );
  load(networks.actor, golden.actor);
  for (const i of [0, 1] as const) {
    load(networks.critics[i], golden.critics[i]!);
    load(networks.targets[i], golden.targets[i]!);
  }
  return networks;
}

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
    const networks = goldenNetworks();
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
    const networks = goldenNetworks();
    const [source, target] = [golden.critics[0]![0]!.weights, golden.targets[0]![0]!.weights];
    networks.followCritics(0.25);
    expectClose(
      networks.targets[0].variables[0]!.dataSync(),
      target.map((value, i) => value + 0.25 * (source[i]! - value)),
      { absolute: 1e-6 },
    );
    networks.followCritics(1);
    expectClose(networks.targets[1].variables[2]!.dataSync(), golden.critics[1]![1]!.weights, { absolute: 1e-7 });
    networks.dispose();
  });
});

it("SAC starts with the standard deviation asked for, near its zero action", () => {
  const networks = new SacNetworks(
    { observationSize: 3, actionSize: 2, activation: "relu", hidden: [16] },
    { initialStd: 0.3, initialAlpha: 0.2, random: new Random(1) },
  );
  const noise = tf.tensor2d([[1, 0]]);
  const { actions } = networks.sample(tf.tensor2d([[0.5, -1, 2]]), noise);
  const [one, zero] = actions.dataSync();
  expect(one!).toBeCloseTo(Math.tanh(0.3), 1);
  expect(zero!).toBeCloseTo(0, 1);
  expect(Math.exp(networks.logAlpha.dataSync()[0]!)).toBeCloseTo(0.2, 6);
  networks.dispose();
});
