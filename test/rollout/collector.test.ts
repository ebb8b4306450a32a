import * as tf from "@tensorflow/tfjs";
import { beforeAll, describe, expect, it } from "vitest";
import { ActionDistribution } from "../../src/nn/actionDistribution.js";
import { selectBackendAsync } from "../../src/nn/backend.js";
import { RunningStatistics } from "../../src/nn/runningStatistics.js";
import { MlpPolicy } from "../../src/policy/mlpPolicy.js";
import { type ActionSpec, actionSize, maskSize } from "../../src/policy/policy.js";
import { Random } from "../../src/random.js";
import { ActionSampler } from "../../src/rollout/actionSampler.js";
import { type CollectorParts, collectRollout } from "../../src/rollout/collector.js";
import { DiscountedReturns } from "../../src/rollout/discountedReturns.js";
import { RolloutBuffer } from "../../src/rollout/rolloutBuffer.js";
import { expectClose } from "../nn/close.js";
import { randomNetwork } from "../policy/randomNetwork.js";
import { steadyReward } from "../support/envs/probes.js";
import { SimpleEnv, type SimpleTask } from "../support/envs/simpleEnv.js";

const AGENTS = 2;
const STEPS = 10;

/** A walk of two numbers that the action pushes; it is over where the first leaves ±2, or after 6 steps. */
function walk(actionSpec: ActionSpec): SimpleTask {
  return {
    observationSize: 2,
    actionSpec,
    stateSize: 2,
    timeLimit: 6,
    start: (state, random) => {
      state[0] = random.normal();
      state[1] = 5 + random.normal();
    },
    step: (state, action, random) => {
      state[0]! += action[0]! + 0.5 * random.normal();
      state[1]! += random.normal();
      return { reward: state[1]!, terminated: Math.abs(state[0]!) > 2 };
    },
    observe: (state, out) => out.set(state),
    // Which one option is forbidden depends on the state.
    mask: ([x], out) => {
      out.fill(1);
      out[x! > 0 ? 0 : 1] = 0;
    },
  };
}

function collect(task: SimpleTask, changes: Partial<CollectorParts> = {}) {
  const { actionSpec, observationSize } = task;
  const env = new SimpleEnv(task, AGENTS, 1);
  env.reset();
  const network = { ...randomNetwork({ actionSpec, observationSize, seed: 2 }), normalizer: null };
  const parts: CollectorParts = {
    env,
    policy: new MlpPolicy(network),
    logStd: network.logStd,
    sampler: new ActionSampler(actionSpec),
    random: new Random(3),
    normalizer: null,
    observationClip: 10,
    returns: new DiscountedReturns(AGENTS, 0.9),
    rewardStrength: 1,
    onStep: null,
    ...changes,
  };
  const buffer = new RolloutBuffer(STEPS, AGENTS, observationSize, actionSize(actionSpec), maskSize(actionSpec));
  collectRollout(parts, buffer);
  return { env, network, parts, buffer };
}

/** A normaliser that has seen means of 1 and 5 and variances of 4 and ¼. */
function statistics(): RunningStatistics {
  const normalizer = new RunningStatistics(2);
  normalizer.update(new Float32Array([3, 5.5, -1, 4.5]), 2);
  return normalizer;
}

const continuous = { continuous: 2, discrete: [] };
const hybrid = { continuous: 1, discrete: [3, 2] };

beforeAll(async () => {
  await selectBackendAsync("wasm");
});

describe("collectRollout", () => {
  it.each([{ actionSpec: continuous }, { actionSpec: { continuous: 0, discrete: [4] } }, { actionSpec: hybrid }])(
    "stores the probability that the learner finds again: $actionSpec",
    ({ actionSpec }) => {
      const { network, buffer } = collect(walk(actionSpec), { normalizer: statistics() });
      const found = tf.tidy(() => {
        let head = tf.tensor2d(buffer.observations, [buffer.rows, 2]);
        network.layers.forEach(({ inputs, outputs, weights, bias }, i) => {
          head = tf.add(tf.matMul(i === 0 ? head : tf.tanh(head), tf.tensor2d(weights, [inputs, outputs])), bias);
        });
        const actions = tf.tensor2d(buffer.actions, [buffer.rows, buffer.actionSize]);
        const masks = buffer.maskSize > 0 ? tf.tensor2d(buffer.masks, [buffer.rows, buffer.maskSize]) : undefined;
        const distribution = new ActionDistribution(actionSpec);
        return distribution.evaluate(head, tf.tensor1d(network.logStd), actions, masks).logProbability.dataSync();
      });
      expectClose(buffer.logProbabilities, found, { absolute: 1e-5, relative: 0 });
    },
  );

  it("stores observations as the policy saw them, and as the environment gave them", () => {
    const normalizer = statistics();
    const before = normalizer.state();
    const { env, buffer, parts } = collect(walk(continuous), { normalizer, observationClip: 1.5 });
    const normalized = Array.from(buffer.rawObservations, (x, i) => (i % 2 ? (x - 5) / 0.5 : (x - 1) / 2));
    expectClose(
      buffer.observations,
      normalized.map((z) => Math.max(-1.5, Math.min(1.5, z))),
      { absolute: 1e-5 },
    );
    expect(normalized.some((z) => Math.abs(z) > 1.5)).toBe(true);
    // The normaliser waits until the rollout has been learnt from.
    expect(normalizer.state()).toEqual(before);
    // The next rollout goes on with what this one saw last.
    const last = buffer.lastObservations.slice();
    const lastRaw = env.observations.slice();
    collectRollout(parts, buffer);
    expect(buffer.observations.slice(0, AGENTS * 2)).toEqual(last);
    expect(buffer.rawObservations.slice(0, AGENTS * 2)).toEqual(lastRaw);
  });

  it("stores actions unclipped, and gives the environment only what its mask allows", () => {
    const { buffer } = collect(walk(hybrid), { logStd: new Float32Array([1]) });
    const of = (column: number) => Array.from({ length: buffer.rows }, (_, row) => buffer.actions[row * 3 + column]!);
    expect(of(0).some((action) => Math.abs(action) > 1)).toBe(true);
    const forbidden = Array.from({ length: buffer.rows }, (_, row) =>
      buffer.masks.subarray(row * 5, row * 5 + 5).indexOf(0),
    );
    expect(new Set(forbidden)).toEqual(new Set([0, 1]));
    forbidden.forEach((option, row) => {
      expect(of(1)[row]).not.toBe(option);
    });
  });

  it("keeps the final observation where an episode was truncated, and only there", () => {
    const truncated = collect(steadyReward("truncated")).buffer;
    // Episodes of 4 steps of 2 agents: the 4th and the 8th step end them, rows 3·2 + i and 7·2 + i.
    const observation = new Float32Array([0, 0, 0, 1]);
    expect(truncated.finals).toEqual([6, 7, 14, 15].map((index) => ({ index, observation })));
    expect([...truncated.truncated].flatMap((flag, row) => (flag ? [row] : []))).toEqual([6, 7, 14, 15]);
    expect([...truncated.terminated]).not.toContain(1);

    const terminated = collect(steadyReward("terminated")).buffer;
    expect(terminated.finals).toEqual([]);
    expect([...terminated.terminated].flatMap((flag, row) => (flag ? [row] : []))).toEqual([6, 7, 14, 15]);
    expect([...terminated.truncated]).not.toContain(1);
  });

  it("normalises final observations like all others, and forgets those of the rollout before", () => {
    const never = { ...walk(continuous), step: () => ({ reward: 0, terminated: false }) };
    const { env, buffer, parts } = collect({ ...never, timeLimit: STEPS }, { normalizer: statistics() });
    const expected = Array.from(env.finalObservations, (x, i) => (i % 2 ? (x - 5) / 0.5 : (x - 1) / 2));
    expect(buffer.finals.map(({ index }) => index)).toEqual([18, 19]);
    expectClose(
      buffer.finals.flatMap(({ observation }) => [...observation]),
      expected,
    );
    const first = buffer.finals[0];
    collectRollout(parts, buffer);
    expect(buffer.finals.length).toBe(2);
    expect(buffer.finals[0]).not.toEqual(first);
  });

  it("stores rewards time-major, times their strength, and has the returns take them in", () => {
    const returns = new DiscountedReturns(AGENTS, 0.5);
    const { buffer } = collect(steadyReward("truncated"), { rewardStrength: 3, returns });
    const steady = [0, 0, 3, 3, 3, 3, 3, 3];
    expect([...buffer.rewards]).toEqual([...steady, ...steady, 0, 0, 3, 3]);
    // R ← R / 2 + r in episodes of 4 steps, the same for both agents: 0, 3, 4.5, 5.25, twice, then 0, 3.
    const { count, mean } = returns.drain();
    expect(count).toBe(20);
    expect(mean[0]).toBeCloseTo((2 * (3 + 4.5 + 5.25) + 3) / 10, 12);
  });

  it("gives a sign of life after each step", () => {
    let steps = 0;
    collect(steadyReward("truncated"), { onStep: () => steps++ });
    expect(steps).toBe(STEPS);
  });

  it("gives the same rollout for the same random numbers", () => {
    const actions = (seed: number) => collect(walk(hybrid), { random: new Random(seed) }).buffer.actions;
    expect(actions(5)).toEqual(actions(5));
    expect(actions(5)).not.toEqual(actions(6));
  });
});
