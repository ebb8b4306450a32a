import { expect, it } from "vitest";
import { RolloutBuffer } from "../../src/rollout/rolloutBuffer.js";

it("holds T steps of N agents", () => {
  const buffer = new RolloutBuffer(4, 3, 7, 2, 5);
  expect(buffer.rows).toBe(12);
  const lengths = Object.fromEntries(
    Object.entries(buffer).flatMap(([name, value]) => (ArrayBuffer.isView(value) ? [[name, value.byteLength]] : [])),
  );
  const float = 4;
  expect(lengths).toEqual({
    observations: 12 * 7 * float,
    rawObservations: 12 * 7 * float,
    actions: 12 * 2 * float,
    masks: 12 * 5 * float,
    logProbabilities: 12 * float,
    rewards: 12 * float,
    terminated: 12,
    truncated: 12,
    lastObservations: 3 * 7 * float,
  });
  expect(buffer.finals).toEqual([]);
});
