import { Random } from "../../random.js";
import { createReplayBatch, type ReplayBatch } from "../../rollout/replayBuffer.js";
import { SacKernelLearner } from "../../train/sac/kernelLearner.js";
import { initialSacState, sacLayout } from "../../train/sac/state.js";
import { type BenchLine, compareAsync } from "./compare.js";
import type { LearnerBench, MinibatchSize } from "./learner.js";

/** Of the authors' networks, on the Hopper. */
export const SAC_SIZES: readonly MinibatchSize[] = [{ hidden: [256, 256], batch: 256, observations: 11, actions: 3 }];

const GAMMA = 0.99;
// One batch is used over and over, so the learning rate is too small to lead the networks away.
const LEARNING_RATE = 1e-6;

/**
 * Milliseconds of one SAC update on one thread: targets, both critics, actor, temperature, Polyak averaging. The reference is the
 * same in PyTorch on one thread (`sac_update.py`).
 */
export async function* benchSacLearner(bench: LearnerBench): AsyncGenerator<BenchLine> {
  for (const size of bench.sizes) {
    const { hidden, batch: rows, observations: observationSize, actions: actionSize } = size;
    const random = new Random(1);
    const layout = sacLayout({ observationSize, actionSize, activation: "relu", hidden });
    const learner = await SacKernelLearner.createAsync({
      layout,
      state: initialSacState(layout, { initialStd: 0.5, initialAlpha: 1, random }),
      settings: { tau: 0.005, targetEntropy: -actionSize },
      rows,
      random,
    });
    const batch = randomReplayBatch(size, random);
    const timeOursAsync = async (iterations: number) => {
      const start = performance.now();
      await learner.updateAsync(new Array<ReplayBatch>(iterations).fill(batch), LEARNING_RATE);
      return (performance.now() - start) / iterations;
    };
    await timeOursAsync(3);
    const iterations = Math.ceil(bench.blockMilliseconds / (await timeOursAsync(3)));
    yield await compareAsync(
      `sac-${hidden.join("x")}-b${rows}`,
      "ms",
      bench,
      () => timeOursAsync(iterations),
      () => bench.reference?.timeAsync(size, iterations) ?? null,
    );
    learner.dispose();
  }
}

function randomReplayBatch({ batch: rows, observations, actions }: MinibatchSize, random: Random): ReplayBatch {
  const batch = createReplayBatch(rows, observations, actions);
  for (const values of [batch.observations, batch.nextObservations, batch.rewards]) {
    for (let i = 0; i < values.length; i++) values[i] = random.normal();
  }
  for (let i = 0; i < batch.actions.length; i++) batch.actions[i] = Math.tanh(random.normal());
  batch.discounts.fill(GAMMA);
  return batch;
}
