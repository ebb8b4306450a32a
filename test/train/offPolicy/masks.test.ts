import { describe, expect, it } from "vitest";
import { Random } from "../../../src/random.js";
import { Explorer, type ExploringPolicy } from "../../../src/rollout/explorer.js";
import { NStepReturns } from "../../../src/rollout/nStepReturns.js";
import { createReplayBatch, ReplayBuffer } from "../../../src/rollout/replayBuffer.js";
import { SimpleEnv, type SimpleTask } from "../../support/envs/simpleEnv.js";

/** Counts its steps, of which an episode has three; step t of 0, 1, 2, 3 allows all options but option t. */
const counter: SimpleTask = {
  observationSize: 1,
  actionSpec: { continuous: 0, discrete: [4] },
  stateSize: 1,
  timeLimit: 3,
  start: () => {},
  step: (state) => {
    state[0]!++;
    return { reward: 1, terminated: false };
  },
  observe: ([count], out) => out.set([count!]),
  mask: ([count], out) => {
    for (let option = 0; option < 4; option++) out[option] = option === count ? 0 : 1;
  },
};

/** Which option a row forbids. */
const forbidden = (masks: Float32Array, row = 0) => masks.subarray(4 * row, 4 * row + 4).indexOf(0);

describe("masks of experience", () => {
  const seen: number[] = [];
  const policy: ExploringPolicy = {
    act: (_, __, actions, masks) => {
      seen.push(forbidden(masks!));
      actions.fill(3);
    },
  };
  const { steps } = new Explorer(new SimpleEnv(counter, 2, 1), 10).explore(policy, { steps: 4, normalizer: null });

  it("are shown to the policy and noted, at the end of an episode those of its last look", () => {
    expect(seen).toEqual([0, 1, 2, 0]);
    expect(steps.map(({ masks, nextMasks }) => [forbidden(masks!, 1), forbidden(nextMasks!, 1)])).toEqual([
      [0, 1],
      [1, 2],
      [2, 3],
      [0, 1],
    ]);
  });

  it.each([
    { n: 1, pairs: ["0 → 1", "1 → 2", "2 → 3"] },
    { n: 2, pairs: ["0 → 2", "1 → 3", "2 → 3"] },
  ])("are remembered with what they belong to, over $n steps", ({ n, pairs }) => {
    const buffer = new ReplayBuffer(100, 1, 1, 4);
    const returns = new NStepReturns(2, n, 0.5, buffer);
    for (const step of steps) returns.add(step);
    const batch = createReplayBatch(500, 1, 1, 4);
    buffer.sample(new Random(1), batch);
    const found = new Set<string>();
    for (let row = 0; row < 500; row++) {
      expect(forbidden(batch.masks!.before, row)).toBe(batch.observations[row]);
      found.add(`${batch.observations[row]} → ${forbidden(batch.masks!.after, row)}`);
    }
    expect([...found].sort()).toEqual(pairs);
  });
});
