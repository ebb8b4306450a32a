import { Random } from "../../random.js";
import { initialState, type OnPolicyLayout, onPolicyLayout } from "../../train/onPolicy/layout.js";
import type { LearnSettings, OnPolicyBatch, OnPolicyLearner } from "../../train/onPolicy/learner.js";
import { KernelLearner } from "../../train/ppo/kernelLearner.js";
import { type BenchLine, compareAsync, type Plan } from "./compare.js";
import type { PyTorch } from "./pytorch.js";

export interface MinibatchSize {
  readonly hidden: readonly number[];
  readonly batch: number;
  readonly observations: number;
  readonly actions: number;
}

const HOPPER = { observations: 11, actions: 3 };
/** Of ML-Agents' Walker. */
const WALKER = { observations: 243, actions: 39 };

export const MINIBATCH_SIZES: readonly MinibatchSize[] = [
  { hidden: [64, 64], batch: 64, ...HOPPER },
  { hidden: [64, 64], batch: 512, ...HOPPER },
  { hidden: [256, 256], batch: 256, ...HOPPER },
  { hidden: [256, 256], batch: 1024, ...WALKER },
  { hidden: [512, 512, 512], batch: 2048, ...WALKER },
];

export interface LearnerBench extends Plan {
  readonly sizes: readonly MinibatchSize[];
  /** How long one block should last. */
  readonly blockMilliseconds: number;
  /** Null: nothing to compare with. */
  readonly reference: PyTorch | null;
}

// One batch is used over and over, so the learning rate is too small to lead the policy away.
const SETTINGS = {
  learningRate: 1e-6,
  epsilon: 0.2,
  valueCoefficient: 0.5,
  entropyCoefficient: 0,
  normalizeAdvantages: true,
  targetKl: null,
} as const satisfies Partial<LearnSettings>;

/**
 * Milliseconds of one PPO minibatch on one thread: gather, forward, losses, backward, gradient-norm clip, Adam. The
 * reference is the same in PyTorch on one thread (`ppo_minibatch.py`).
 */
export async function* benchLearner(bench: LearnerBench): AsyncGenerator<BenchLine> {
  for (const size of bench.sizes) {
    const random = new Random(1);
    const layout = layoutOf(size);
    const learner = await KernelLearner.createAsync({
      layout,
      state: initialState(layout, 1, random),
      maxGradNorm: 0.5,
      maxRows: size.batch,
      random,
    });
    const batch = randomBatch(size, random);
    const timeOursAsync = (iterations: number) => timeMinibatchesAsync(learner, batch, iterations);
    await timeOursAsync(3);
    const iterations = Math.ceil(bench.blockMilliseconds / (await timeOursAsync(3)));
    yield await compareAsync(
      `ppo-${size.hidden.join("x")}-b${size.batch}`,
      "ms",
      bench,
      () => timeOursAsync(iterations),
      () => bench.reference?.timeAsync(size, iterations) ?? null,
    );
    learner.dispose();
  }
}

/** Mean milliseconds of one minibatch: an update of so many passes over a batch that is one minibatch. */
export async function timeMinibatchesAsync(
  learner: OnPolicyLearner,
  batch: OnPolicyBatch,
  iterations: number,
): Promise<number> {
  const start = performance.now();
  await learner.updateAsync(batch, { ...SETTINGS, epochs: iterations, batchSize: batch.size });
  return (performance.now() - start) / iterations;
}

export function layoutOf({ observations, actions, hidden }: MinibatchSize): OnPolicyLayout {
  const actionSpec = { continuous: actions, discrete: [] };
  return onPolicyLayout({ observationSize: observations, actionSpec, activation: "tanh", hidden });
}

/** Standard normal observations, actions that the untrained policy might have taken, random advantages and returns. */
export function randomBatch({ batch: size, observations, actions }: MinibatchSize, random: Random): OnPolicyBatch {
  const normals = (length: number) => Float32Array.from({ length }, () => random.normal());
  const taken = normals(size * actions);
  const logProbabilities = Float32Array.from({ length: size }, (_, row) => {
    const action = taken.subarray(row * actions, (row + 1) * actions);
    return action.reduce((sum, a) => sum - 0.5 * a * a - 0.5 * Math.log(2 * Math.PI), 0);
  });
  return {
    size,
    observations: normals(size * observations),
    actions: taken,
    masks: new Float32Array(0),
    logProbabilities,
    advantages: normals(size),
    returns: normals(size),
  };
}
