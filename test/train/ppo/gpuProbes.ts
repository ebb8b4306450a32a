import * as tf from "@tensorflow/tfjs";
import type { WebGPUBackend } from "@tensorflow/tfjs-backend-webgpu";
import { selectBackendAsync } from "../../../src/nn/backend.js";
import type { Activation } from "../../../src/policy/network.js";
import type { ActionSpec } from "../../../src/policy/policy.js";
import { Random } from "../../../src/random.js";
import type { LearnSettings, OnPolicyLearner, OnPolicyUpdate } from "../../../src/train/onPolicy/learner.js";
import { KernelLearner } from "../../../src/train/ppo/kernelLearner.js";
import { TensorLearner } from "../../../src/train/ppo/tensorLearner.js";
import { countCallsAsync } from "../../support/countCalls.js";
import { initialState, layoutFor, OBSERVATION_SIZE, randomBatch, SETTINGS } from "./ppoBatch.js";

// Run where there is WebGPU, by test/support/gpuHosts.ts; results are plain data.

const CONTINUOUS: ActionSpec = { continuous: 3, discrete: [] };
const HYBRID: ActionSpec = { continuous: 2, discrete: [3] };
const ROWS = 128;

interface Run {
  readonly actionSpec: ActionSpec;
  readonly activation: Activation;
  readonly updates: number;
  readonly settings: LearnSettings;
}

function partsFor({ actionSpec, activation }: Pick<Run, "actionSpec" | "activation">) {
  const layout = layoutFor(actionSpec, [32, 16], activation);
  return { layout, state: initialState(layout, new Random(1)), maxGradNorm: 0.5, random: new Random(2) };
}

async function gpuLearnerAsync(run: Pick<Run, "actionSpec" | "activation">): Promise<TensorLearner> {
  await selectBackendAsync("webgpu");
  return new TensorLearner(partsFor(run));
}

/** The losses of each update on fresh batches, and the parameters after the last. */
async function learnAsync(learner: OnPolicyLearner, { actionSpec, activation, updates, settings }: Run) {
  const { layout } = partsFor({ actionSpec, activation });
  const random = new Random(3);
  const losses: OnPolicyUpdate[] = [];
  for (let i = 0; i < updates; i++) losses.push(await learner.updateAsync(randomBatch(layout, ROWS, random), settings));
  const { parameters, adam } = await learner.stateAsync();
  learner.dispose();
  return { losses, parameters: Array.from(parameters), step: adam.step };
}

/** The same updates on WebGPU and by the kernels of the "wasm" backend. */
async function compareAsync(run: Run) {
  const wasm = await KernelLearner.createAsync({ ...partsFor(run), maxRows: ROWS });
  return { webgpu: await learnAsync(await gpuLearnerAsync(run), run), wasm: await learnAsync(wasm, run) };
}

export type Comparison = Awaited<ReturnType<typeof compareAsync>>;

export const continuousTanh = () =>
  compareAsync({ actionSpec: CONTINUOUS, activation: "tanh", updates: 20, settings: { ...SETTINGS, epochs: 1 } });
export const continuousSwish = () =>
  compareAsync({ actionSpec: CONTINUOUS, activation: "swish", updates: 2, settings: SETTINGS });
export const hybrid = () =>
  compareAsync({ actionSpec: HYBRID, activation: "elu", updates: 2, settings: { ...SETTINGS, epochs: 1 } });

/** Calls of WebGPU during one update of 2 passes over 2 minibatches, after one that has warmed up. */
export async function callsPerUpdate() {
  /** Of the buffers that observations and actions need. */
  const sizes = [4 * ROWS * OBSERVATION_SIZE, 4 * ROWS * CONTINUOUS.continuous];
  let uploadsOfBatch = 0;
  const countAsync = async (activation: Activation, targetKl: number | null) => {
    const learner = await gpuLearnerAsync({ actionSpec: CONTINUOUS, activation });
    const { layout } = partsFor({ actionSpec: CONTINUOUS, activation });
    const batch = randomBatch(layout, ROWS, new Random(3));
    const updateAsync = () => learner.updateAsync(batch, { ...SETTINGS, targetKl });
    await updateAsync();
    uploadsOfBatch = 0;
    const [dispatches, readBacks] = await countCallsAsync(
      [
        [GPUComputePassEncoder.prototype, "dispatchWorkgroups"],
        [GPUBuffer.prototype, "mapAsync"],
        [
          GPUBuffer.prototype,
          "unmap",
          (buffer) => {
            const { size, usage } = buffer as GPUBuffer;
            if (sizes.includes(size) && !(usage & GPUBufferUsage.MAP_READ)) uploadsOfBatch++;
          },
        ],
      ],
      updateAsync,
    );
    learner.dispose();
    return { dispatches: dispatches!, readBacks: readBacks! };
  };
  const [tanh, limited] = [await countAsync("tanh", null), await countAsync("tanh", 1e9)];
  const swish = await countAsync("swish", null);
  return { tanh, limited, swish, uploadsOfBatch };
}

/** Tensors that an update leaves behind, and a learner that was disposed of. */
export async function leftovers(): Promise<{ afterUpdate: number; afterDispose: number }> {
  await selectBackendAsync("webgpu");
  const before = tf.memory().numTensors;
  const learner = await gpuLearnerAsync({ actionSpec: CONTINUOUS, activation: "tanh" });
  const batch = randomBatch(partsFor({ actionSpec: CONTINUOUS, activation: "tanh" }).layout, ROWS, new Random(3));
  const created = tf.memory().numTensors;
  await learner.updateAsync(batch, SETTINGS);
  const afterUpdate = tf.memory().numTensors - created;
  learner.dispose();
  return { afterUpdate, afterDispose: tf.memory().numTensors - before };
}

/** What a learner says whose device is destroyed in the middle of an update, and what works afterwards. */
export async function lostDevice() {
  const run = { actionSpec: CONTINUOUS, activation: "tanh" } as const;
  const parts = partsFor(run);
  const batch = randomBatch(parts.layout, ROWS, new Random(3));
  const failure = (work: Promise<unknown>) =>
    work.then(
      () => "none",
      ({ name, message }: Error) => `${name}: ${message}`,
    );
  const learner = await gpuLearnerAsync(run);
  await learner.updateAsync(batch, SETTINGS);
  const saved = await learner.stateAsync();
  const update = learner.updateAsync(batch, SETTINGS);
  (tf.backend() as WebGPUBackend).device.destroy();
  const errors = [await failure(update), await failure(learner.updateAsync(batch, SETTINGS))];
  errors.push(await failure(learner.stateAsync()));
  learner.dispose();

  const wasm = await KernelLearner.createAsync({ ...parts, state: saved, maxRows: ROWS });
  const onWasm = await wasm.updateAsync(batch, SETTINGS);
  // A new device takes the place of the one that was lost.
  await selectBackendAsync("webgpu");
  const again = new TensorLearner({ ...parts, random: new Random(2), state: saved });
  const onNewDevice = await again.updateAsync(batch, SETTINGS);
  again.dispose();
  return { errors, onWasm, onNewDevice };
}
