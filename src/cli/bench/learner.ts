import * as tf from "@tensorflow/tfjs";
import { ActionDistribution } from "../../nn/actionDistribution.js";
import { Adam } from "../../nn/adam.js";
import { selectBackendAsync } from "../../nn/backend.js";
import { gaussianLogProbabilityAt } from "../../nn/gaussian.js";
import { Mlp } from "../../nn/mlp.js";
import { Random } from "../../random.js";
import { type PpoNetworks, ppoGradientStep } from "../../train/ppo/gradientStep.js";
import type { MinibatchRows } from "../../train/ppo/minibatches.js";
import { type BenchLine, compareAsync, type Plan } from "./compare.js";
import type { PyTorch } from "./pytorch.js";

export interface MinibatchSize {
  readonly hidden: readonly number[];
  readonly batch: number;
}

export const MINIBATCH_SIZES: readonly MinibatchSize[] = [
  { hidden: [64, 64], batch: 64 },
  { hidden: [64, 64], batch: 512 },
  { hidden: [256, 256], batch: 256 },
  { hidden: [256, 256], batch: 1024 },
];

export interface LearnerBench extends Plan {
  readonly sizes: readonly MinibatchSize[];
  /** How long one block should last. */
  readonly blockMilliseconds: number;
  /** Null: nothing to compare with. */
  readonly reference: PyTorch | null;
}

// The sizes of the hopper. One batch is used over and over, so the learning rate is too small to lead the policy away.
const OBSERVATIONS = 11;
const ACTIONS = 3;
const LEARNING_RATE = 1e-6;
const COEFFICIENTS = { epsilon: 0.2, valueCoefficient: 0.5, entropyCoefficient: 0 };

/**
 * Milliseconds of one PPO minibatch, the gradient step of `PpoTrainer`: forward, losses, backward, gradient-norm clip,
 * Adam. The reference is the same in PyTorch on one thread (`ppo_minibatch.py`).
 */
export async function* benchLearner(bench: LearnerBench): AsyncGenerator<BenchLine> {
  await selectBackendAsync("auto");
  for (const size of bench.sizes) {
    const { step, dispose } = createLearner(size);
    const timeOurs = (iterations: number) => {
      const start = performance.now();
      for (let i = 0; i < iterations; i++) step();
      return (performance.now() - start) / iterations;
    };
    timeOurs(3);
    const iterations = Math.ceil(bench.blockMilliseconds / timeOurs(3));
    const line = await compareAsync(
      `ppo-${size.hidden.join("x")}-b${size.batch}`,
      "ms",
      bench,
      () => timeOurs(iterations),
      () => bench.reference?.timeAsync(size, iterations) ?? null,
    );
    dispose();
    yield line;
  }
}

function createLearner({ hidden, batch }: MinibatchSize): { step: () => void; dispose: () => void } {
  const random = new Random(1);
  const shared = { inputs: OBSERVATIONS, hidden, activation: "tanh", random } as const;
  const actor = new Mlp({ ...shared, name: "actor", outputs: ACTIONS, headGain: 0.01 });
  const critic = new Mlp({ ...shared, name: "critic", outputs: 1, headGain: 1 });
  const logStd = tf.tidy(() => tf.variable(tf.zeros<tf.Rank.R1>([ACTIONS])));
  const variables = [...actor.variables, logStd, ...critic.variables];
  const adam = new Adam(variables, { maxGradientNorm: 0.5 });
  const distribution = new ActionDistribution({ continuous: ACTIONS, discrete: [] });
  const networks: PpoNetworks = { actor, critic, logStd, distribution, variables, adam };
  const rows = randomRows(batch, random);
  return {
    step: () => ppoGradientStep(networks, rows, COEFFICIENTS, LEARNING_RATE).dispose(),
    dispose: () => {
      for (const owner of [actor, critic, logStd, adam]) owner.dispose();
    },
  };
}

function randomRows(size: number, random: Random): MinibatchRows {
  const normals = (length: number) => Float32Array.from({ length }, () => random.normal());
  const actions = normals(size * ACTIONS);
  const standard = new Float32Array(ACTIONS);
  return {
    size,
    observations: normals(size * OBSERVATIONS),
    actions,
    masks: new Float32Array(0),
    logProbabilities: Float32Array.from({ length: size }, (_, row) =>
      gaussianLogProbabilityAt(standard, 0, standard, actions, row * ACTIONS, ACTIONS),
    ),
    advantages: normals(size),
    returns: normals(size),
  };
}
