import { beforeAll, describe, expect, it } from "vitest";
import { selectBackendAsync } from "../../../src/nn/backend.js";
import { ACTIVATIONS, type Activation } from "../../../src/policy/network.js";
import { Random } from "../../../src/random.js";
import {
  initialParameters,
  logStdOf,
  type OnPolicyLayout,
  onPolicyLayout,
} from "../../../src/train/onPolicy/layout.js";
import type { LearnSettings, OnPolicyBatch, OnPolicyState } from "../../../src/train/onPolicy/learner.js";
import { KernelLearner } from "../../../src/train/ppo/kernelLearner.js";
import { TensorLearner } from "../../../src/train/ppo/tensorLearner.js";
import { MessageExchange, MessageSums } from "../../../src/workers/messageExchange.js";
import { PPO_GOLDENS, readPpoGolden } from "../../golden/ppoGolden.js";
import { expectClose } from "../../nn/close.js";
import { finiteDifference, plainForward, rowsOf } from "../../support/plainNetwork.js";

/** One pass over one minibatch, and an optimiser that only keeps the gradient. */
const ONE_STEP: LearnSettings = {
  epochs: 1,
  batchSize: 1_000_000,
  learningRate: 0,
  epsilon: 0.2,
  valueCoefficient: 0.5,
  entropyCoefficient: 0.01,
  normalizeAdvantages: false,
  targetKl: null,
};

interface LearnerOptions {
  readonly maxRows?: number;
  readonly maxGradNorm?: number | null;
  readonly seed?: number;
}

function stateOf(parameters: Float32Array): OnPolicyState {
  const zeros = () => new Float32Array(parameters.length);
  return { parameters, adam: { step: 0, mean: zeros(), square: zeros() } };
}

function createAsync(layout: OnPolicyLayout, parameters: Float32Array, options: LearnerOptions = {}) {
  const { maxRows = 200, maxGradNorm = null, seed = 1 } = options;
  return KernelLearner.createAsync({
    layout,
    state: stateOf(parameters),
    maxGradNorm,
    maxRows,
    random: new Random(seed),
  });
}

/** Of one step: after the first one, Adam's mean of the gradients is (1 − 0.9) times the gradient. */
async function gradientAsync(learner: KernelLearner): Promise<Float32Array> {
  const { adam } = await learner.stateAsync();
  return adam.mean.map((mean) => mean / 0.1);
}

/** Learners of one group, by messages within this thread. */
function join(learners: readonly KernelLearner[]): void {
  const exchanges: MessageExchange[] = [];
  const sums = new MessageSums(learners.length, (sum) => {
    for (const exchange of exchanges) exchange.receive(sum);
  });
  learners.forEach((learner, member) => {
    exchanges[member] = new MessageExchange(learners.length, (vector) => sums.add(member, vector));
    learner.exchange = exchanges[member];
  });
}

/** Rows `[first, end)` of a batch. */
function cut(batch: OnPolicyBatch, first: number, end: number): OnPolicyBatch {
  const part = (source: Float32Array) =>
    source.slice((first * source.length) / batch.size, (end * source.length) / batch.size);
  const { observations, actions, masks, logProbabilities, advantages, returns } = batch;
  return {
    size: end - first,
    observations: part(observations),
    actions: part(actions),
    masks: part(masks),
    logProbabilities: part(logProbabilities),
    advantages: part(advantages),
    returns: part(returns),
  };
}

describe.each(PPO_GOLDENS)("one step of KernelLearner against PyTorch: %s", (name) => {
  const golden = readPpoGolden(name);
  const { layout, parameters, batch, losses: expected, coefficients } = golden;
  const settings = { ...ONE_STEP, ...coefficients };

  it("has the losses and all gradients", async () => {
    const learner = await createAsync(layout, parameters);
    const update = await learner.updateAsync(batch, settings);
    for (const [key, value] of Object.entries(expected)) {
      if (key in update) expectClose([update[key as keyof typeof update]], [value], { relative: 1e-4 });
    }
    expectClose(await gradientAsync(learner), golden.gradient, { relative: 1e-4, absolute: 1e-6 });
  });

  it.each([[[7, 5, 4]], [[8, 8]], [[15, 1]]])("has them in a group whose members have %j rows", async (sizes) => {
    const learners = await Promise.all(sizes.map((_, member) => createAsync(layout, parameters, { seed: member })));
    join(learners);
    const ends = sizes.map((_, i) => sizes.slice(0, i + 1).reduce((sum, size) => sum + size, 0));
    const parts = ends.map((end, i) => cut(batch, end - sizes[i]!, end));
    const moving = { ...settings, learningRate: 0.01 };
    const updates = await Promise.all(learners.map((learner, i) => learner.updateAsync(parts[i]!, moving)));
    const [update, ...others] = updates;
    for (const other of others) expect(other).toEqual(update);
    for (const [key, value] of Object.entries(expected)) {
      if (key in update!) expectClose([update![key as keyof typeof update]], [value], { relative: 1e-4 });
    }
    expectClose(await gradientAsync(learners[0]!), golden.gradient, { relative: 1e-4, absolute: 1e-6 });
    const [state, ...rest] = await Promise.all(learners.map((learner) => learner.stateAsync()));
    expect(state!.parameters).not.toEqual(parameters);
    for (const other of rest) expect(other).toEqual(state);
  });
});

/** Networks of odd sizes and a batch as if from a policy nearby. */
function problem(activation: Activation, hidden: readonly number[] = [7, 5], size = 13) {
  const random = new Random(5);
  const actionSpec = { continuous: 2, discrete: [3, 2] };
  const layout = onPolicyLayout({ observationSize: 3, actionSpec, activation, hidden });
  const parameters = initialParameters(layout, 0.7, random).map((p) => p + 0.1 * random.normal());
  const normals = (count: number) => Float32Array.from({ length: count }, () => random.normal());
  const observations = normals(size * 3);
  const actions = normals(size * 4);
  const masks = new Float32Array(size * 5).fill(1);
  for (let row = 0; row < size; row++) {
    actions.set([random.integer(3), random.integer(2)], row * 4 + 2);
    masks[row * 5 + ((actions[row * 4 + 2]! + 1) % 3)] = 0;
  }
  const batch: OnPolicyBatch = {
    size,
    observations,
    actions,
    masks,
    logProbabilities: new Float32Array(size),
    advantages: normals(size),
    returns: normals(size),
  };
  const logProbabilities = rowsOf(observations, 3).map((_, row) => evaluate(layout, batch, parameters, row).logP);
  batch.logProbabilities.set(logProbabilities.map((logP) => logP + 0.2 * random.normal()));
  return { layout, parameters, batch };
}

/** log π(a|s), entropy and V(s) of one row, in double precision. */
function evaluate(layout: OnPolicyLayout, batch: OnPolicyBatch, parameters: ArrayLike<number>, row: number) {
  const { actionSpec, activation, observationSize } = layout;
  const { continuous, discrete } = actionSpec;
  const rowOf = (matrix: Float32Array, width: number) => [...matrix.subarray(row * width, (row + 1) * width)];
  const observation = rowOf(batch.observations, observationSize);
  const action = rowOf(batch.actions, continuous + discrete.length);
  const mask = rowOf(batch.masks, batch.masks.length / batch.size);
  const head = plainForward(layout.actor, activation, parameters, observation);
  let logP = 0;
  let entropy = 0;
  for (let j = 0; j < continuous; j++) {
    const logStd = parameters[layout.logStd + j]!;
    const z = (action[j]! - head[j]!) / Math.exp(logStd);
    logP -= 0.5 * z * z + logStd + 0.5 * Math.log(2 * Math.PI);
    entropy += logStd + 0.5 * Math.log(2 * Math.PI * Math.E);
  }
  let offset = 0;
  discrete.forEach((options, branch) => {
    const weights = Array.from({ length: options }, (_, k) =>
      mask[offset + k] === 0 ? 0 : Math.exp(head[continuous + offset + k]!),
    );
    const total = weights.reduce((sum, weight) => sum + weight, 0);
    const probabilities = weights.map((weight) => weight / total);
    logP += Math.log(probabilities[action[continuous + branch]!]!);
    entropy -= probabilities.reduce((sum, p) => sum + (p === 0 ? 0 : p * Math.log(p)), 0);
    offset += options;
  });
  return { logP, entropy, value: plainForward(layout.critic, activation, parameters, observation)[0]! };
}

/** The loss of a whole batch, in double precision. */
function plainLoss(
  layout: OnPolicyLayout,
  batch: OnPolicyBatch,
  parameters: ArrayLike<number>,
  settings: LearnSettings,
): number {
  let loss = 0;
  for (let row = 0; row < batch.size; row++) {
    const { logP, entropy, value } = evaluate(layout, batch, parameters, row);
    const ratio = Math.exp(logP - batch.logProbabilities[row]!);
    const clipped = Math.max(1 - settings.epsilon, Math.min(1 + settings.epsilon, ratio));
    const advantage = batch.advantages[row]!;
    loss -= Math.min(ratio * advantage, clipped * advantage);
    loss +=
      (settings.valueCoefficient * (value - batch.returns[row]!) ** 2) / 2 - settings.entropyCoefficient * entropy;
  }
  return loss / batch.size;
}

describe("KernelLearner", () => {
  it.each(ACTIVATIONS)("has the gradient that finite differences have: %s", async (activation) => {
    const { layout, parameters, batch } = problem(activation);
    const settings = { ...ONE_STEP, entropyCoefficient: 0.1 };
    const learner = await createAsync(layout, parameters);
    await learner.updateAsync(batch, settings);
    const point = Float64Array.from(parameters);
    const expected = Array.from(point, (_, i) =>
      finiteDifference((moved) => plainLoss(layout, batch, moved, settings), point, i),
    );
    expectClose(await gradientAsync(learner), expected, { relative: 1e-4, absolute: 2e-6 });
  });

  it.each([
    { hidden: [1], size: 1 },
    { hidden: [33], size: 3 },
    { hidden: [64, 17, 3], size: 65 },
  ])("has it for networks and batches of any size: $hidden, $size rows", async ({ hidden, size }) => {
    const { layout, parameters, batch } = problem("tanh", hidden, size);
    const learner = await createAsync(layout, parameters, { maxRows: size });
    await learner.updateAsync(batch, ONE_STEP);
    const gradient = await gradientAsync(learner);
    const random = new Random(3);
    for (let n = 0; n < 3; n++) {
      const direction = parameters.map(() => random.normal());
      const along = ([t]: Float64Array) =>
        plainLoss(layout, batch, parameters.map((p, i) => p + t! * direction[i]!) as ArrayLike<number>, ONE_STEP);
      const expected = finiteDifference(along, new Float64Array(1), 0, 1e-3);
      expect(gradient.reduce((sum, g, i) => sum + g * direction[i]!, 0) / expected).toBeCloseTo(1, 2);
    }
  });

  it("has the head and the values of a plain network, of more rows than fit at once too", async () => {
    const { layout, parameters, batch } = problem("swish");
    const learner = await createAsync(layout, parameters, { maxRows: 5 });
    const expected = (layers: OnPolicyLayout["actor"]) =>
      rowsOf(batch.observations, 3).map((row) => plainForward(layers, "swish", parameters, row));
    const values = new Float32Array(batch.size);
    learner.values(batch.observations, values);
    expectClose(values, expected(layout.critic).flat(), { relative: 1e-5, absolute: 1e-5 });
    expectClose(learner.frozenPolicy()(batch.observations, 5), expected(layout.actor).slice(0, 5).flat(), {
      relative: 1e-5,
      absolute: 1e-5,
    });
  });

  it("scales gradients down to the norm that is allowed", async () => {
    const { layout, parameters, batch } = problem("tanh");
    const gradients = await Promise.all(
      [null, 0.05, 1e6].map(async (maxGradNorm) => {
        const learner = await createAsync(layout, parameters, { maxGradNorm });
        await learner.updateAsync(batch, ONE_STEP);
        return gradientAsync(learner);
      }),
    );
    const [free, clipped, loose] = gradients as [Float32Array, Float32Array, Float32Array];
    const norm = Math.hypot(...free);
    expect(norm).toBeGreaterThan(0.05);
    expectClose(
      clipped,
      free.map((g) => (g * 0.05) / (norm + 1e-6)),
    );
    expect(loose).toEqual(free);
  });

  it("makes the step of Adam", async () => {
    const { layout, parameters, batch } = problem("tanh");
    const learner = await createAsync(layout, parameters);
    await learner.updateAsync(batch, { ...ONE_STEP, learningRate: 0.01 });
    const gradient = await gradientAsync(learner);
    // The first step of Adam is α g / (|g| + ε).
    const expected = parameters.map((p, i) => p - (0.01 * gradient[i]!) / (Math.abs(gradient[i]!) + 1e-5));
    expectClose((await learner.stateAsync()).parameters, expected, { absolute: 2e-6 });
  });

  describe("normalises advantages over the whole minibatch", () => {
    const { layout, parameters, batch } = problem("tanh", [7, 5], 16);
    const normalizing = { ...ONE_STEP, normalizeAdvantages: true };

    /** Gradient of the batch with its advantages normalised by hand. */
    async function expectedAsync(): Promise<Float32Array> {
      const mean = batch.advantages.reduce((sum, a) => sum + a, 0) / 16;
      const std = Math.sqrt(batch.advantages.reduce((sum, a) => sum + (a - mean) ** 2, 0) / 15);
      const learner = await createAsync(layout, parameters);
      await learner.updateAsync({ ...batch, advantages: batch.advantages.map((a) => (a - mean) / std) }, ONE_STEP);
      return gradientAsync(learner);
    }

    it("in one learner, whatever their mean", async () => {
      for (const shift of [0, 1000]) {
        const learner = await createAsync(layout, parameters);
        await learner.updateAsync({ ...batch, advantages: batch.advantages.map((a) => a + shift) }, normalizing);
        // Numbers near 1000 are 6e-5 apart in single precision.
        expectClose(await gradientAsync(learner), await expectedAsync(), { relative: 1e-3, absolute: 1e-4 });
      }
    });

    it("in a group", async () => {
      const learners = await Promise.all([1, 2].map((seed) => createAsync(layout, parameters, { seed })));
      join(learners);
      const parts = [cut(batch, 0, 11), cut(batch, 11, 16)];
      await Promise.all(learners.map((learner, i) => learner.updateAsync(parts[i]!, normalizing)));
      expectClose(await gradientAsync(learners[0]!), await expectedAsync(), { relative: 1e-4, absolute: 1e-5 });
    });

    it("and learns nothing about the policy where all are equal", async () => {
      const learner = await createAsync(layout, parameters);
      const advantages = new Float32Array(16).fill(0.1);
      await learner.updateAsync({ ...batch, advantages }, { ...normalizing, entropyCoefficient: 0 });
      const actor = (await gradientAsync(learner)).subarray(0, layout.critic[0]!.weights);
      expectClose(actor, new Array(actor.length).fill(0), { absolute: 1e-4 });
    });
  });

  it("cuts batches into minibatches, and passes over them until the policy has moved by target_kl", async () => {
    const { layout, parameters, batch } = problem("tanh", [7, 5], 50);
    const settings = { ...ONE_STEP, batchSize: 16, epochs: 4, learningRate: 0.01 };
    const steps = async (changes: Partial<LearnSettings>) => {
      const learner = await createAsync(layout, parameters);
      const { epochs } = await learner.updateAsync(batch, { ...settings, ...changes });
      return { epochs, steps: (await learner.stateAsync()).adam.step };
    };
    // 50 rows in batches of about 16: 3 of them.
    expect(await steps({})).toEqual({ epochs: 4, steps: 12 });
    expect(await steps({ targetKl: 1e-12 })).toEqual({ epochs: 1, steps: 3 });
    expect(await steps({ targetKl: 1e12 })).toEqual({ epochs: 4, steps: 12 });
  });

  it("learns in a group where a member has no rows in some minibatches", async () => {
    const { layout, parameters, batch } = problem("tanh", [7, 5], 13);
    const learners = await Promise.all([1, 2].map((seed) => createAsync(layout, parameters, { seed })));
    join(learners);
    const parts = [cut(batch, 0, 11), cut(batch, 11, 13)];
    const settings = { ...ONE_STEP, batchSize: 3, epochs: 2, learningRate: 0.01 };
    await Promise.all(learners.map((learner, i) => learner.updateAsync(parts[i]!, settings)));
    const [first, second] = await Promise.all(learners.map((learner) => learner.stateAsync()));
    expect(first!.adam.step).toBe(8);
    expect(first!.parameters.every(Number.isFinite)).toBe(true);
    expect(second).toEqual(first);
  });

  it("adds nothing to the sums for a member that has no rows", async () => {
    const { layout, parameters, batch } = problem("tanh", [7, 5], 13);
    const [alone, ...group] = await Promise.all([1, 2, 3].map((seed) => createAsync(layout, parameters, { seed })));
    join(group);
    for (const cutAt of [6, 13]) {
      const parts = [cut(batch, 0, cutAt), cut(batch, cutAt, 13)];
      await Promise.all(group.map((learner, i) => learner.updateAsync(parts[i]!, ONE_STEP)));
      await alone!.updateAsync(batch, ONE_STEP);
    }
    const [expected, ...states] = await Promise.all([alone!, ...group].map((learner) => learner.stateAsync()));
    for (const { adam } of states) expectClose(adam.mean, expected!.adam.mean);
  });

  it("goes on from a state as if nothing had been", async () => {
    const { layout, parameters, batch } = problem("elu");
    const settings = { ...ONE_STEP, epochs: 3, learningRate: 0.01 };
    const learner = await createAsync(layout, parameters);
    await learner.updateAsync(batch, settings);
    const state = await learner.stateAsync();
    const copy = structuredClone(state);
    const other = await createAsync(layout, new Float32Array(layout.size));
    other.load(state);
    await Promise.all([learner, other].map((one) => one.updateAsync(batch, settings)));
    const [ours, theirs] = [await learner.stateAsync(), await other.stateAsync()];
    // One minibatch, in whatever order: only rounding differs.
    expect(theirs.adam.step).toBe(6);
    expectClose(theirs.parameters, ours.parameters, { absolute: 1e-4 });
    expect(state).toEqual(copy);
  });

  it("gives a sign of life after each step", async () => {
    const { layout, parameters, batch } = problem("tanh");
    let steps = 0;
    const learner = await KernelLearner.createAsync({
      layout,
      state: stateOf(parameters),
      maxGradNorm: null,
      maxRows: 13,
      random: new Random(1),
      onStep: () => steps++,
    });
    await learner.updateAsync(batch, { ...ONE_STEP, batchSize: 3, epochs: 2 });
    expect(steps).toBe(8);
  });
});

describe("KernelLearner and TensorLearner", () => {
  beforeAll(async () => {
    await selectBackendAsync("cpu");
  });

  it.each(ACTIVATIONS)("agree over 20 updates: %s", async (activation) => {
    const { layout, parameters, batch } = problem(activation, [16, 8], 64);
    const options = { layout, state: stateOf(parameters), maxGradNorm: 0.5 };
    const kernels = await KernelLearner.createAsync({ ...options, maxRows: 64, random: new Random(4) });
    const tensors = new TensorLearner({ ...options, random: new Random(4) });
    const settings = { ...ONE_STEP, epochs: 1, batchSize: 32, learningRate: 1e-3, normalizeAdvantages: true };
    for (let update = 0; update < 20; update++) {
      await kernels.updateAsync(batch, settings);
      await tensors.updateAsync(batch, settings);
    }
    const [ours, theirs] = [await kernels.stateAsync(), await tensors.stateAsync()];
    expect(ours.adam.step).toBe(40);
    expectClose(ours.parameters, theirs.parameters, { absolute: 1e-3, relative: 0 });
    // They have moved much further than they differ.
    const moved = Math.max(...ours.parameters.map((p, i) => Math.abs(p - parameters[i]!)));
    expect(moved).toBeGreaterThan(0.02);
    tensors.dispose();
  });

  it("keep every σ below its bound", async () => {
    const { layout, parameters, batch } = problem("tanh", [7, 5], 16);
    const options = { layout, state: stateOf(parameters), maxGradNorm: 0.5, random: new Random(4) };
    const kernels = await KernelLearner.createAsync({ ...options, maxRows: 16 });
    const tensors = new TensorLearner(options);
    for (const learner of [kernels, tensors]) {
      await learner.updateAsync(batch, { ...ONE_STEP, maxLogStd: -3 });
      const { parameters: learnt } = await learner.stateAsync();
      expect(Math.max(...logStdOf(layout, learnt))).toBe(-3);
    }
    tensors.dispose();
  });
});
