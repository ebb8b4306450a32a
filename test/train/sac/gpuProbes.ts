import { selectBackendAsync } from "../../../src/nn/backend.js";
import { Random } from "../../../src/random.js";
import type { ReplayBatch } from "../../../src/rollout/replayBuffer.js";
import { SacKernelLearner } from "../../../src/train/sac/kernelLearner.js";
import { initialSacState, sacLayout } from "../../../src/train/sac/state.js";
import { SacTensorLearner } from "../../../src/train/sac/tensorLearner.js";

// Runs where there is WebGPU, in another process; what it returns travels as JSON.

const ROWS = 32;
const UPDATES = 5;
const layout = sacLayout({ observationSize: 6, actionSize: 2, activation: "relu", hidden: [16, 16] });
const settings = { tau: 0.05, targetEntropy: -2 };

function batch(random: Random): ReplayBatch {
  const normals = (count: number) => Float32Array.from({ length: count }, () => random.normal());
  return {
    observations: normals(ROWS * 6),
    actions: normals(ROWS * 2).map(Math.tanh),
    rewards: normals(ROWS),
    nextObservations: normals(ROWS * 6),
    discounts: new Float32Array(ROWS).fill(0.99),
  };
}

/** The same updates on the GPU and on the kernels. */
export async function updates() {
  const state = initialSacState(layout, { initialStd: 0.5, initialAlpha: 0.2, random: new Random(1) });
  const options = { layout, state, settings };
  await selectBackendAsync("webgpu");
  const learners = {
    webgpu: new SacTensorLearner({ ...options, random: new Random(2) }),
    wasm: await SacKernelLearner.createAsync({ ...options, rows: ROWS, random: new Random(2) }),
  };
  const learn = async (learner: SacTensorLearner | SacKernelLearner) => {
    const random = new Random(3);
    const losses = [];
    for (let k = 0; k < UPDATES; k++) losses.push(await learner.updateAsync([batch(random)], 1e-3));
    const { parameters, temperature } = await learner.stateAsync();
    return { losses, parameters: [...parameters], logAlpha: temperature.logAlpha };
  };
  return { webgpu: await learn(learners.webgpu), wasm: await learn(learners.wasm) };
}
