import { describe, expect, it } from "vitest";
import { computeReturns } from "../../src/rollout/monteCarlo.js";

/** Two agents, five steps: the first ends at 1 and at 3, the second at 2. γ = ½, so that every number is exact. */
const input = {
  agents: 2,
  rewards: Float32Array.of(1, 8, 2, 8, 4, 8, 2, 8, 8, 8),
  terminated: Uint8Array.of(0, 0, 1, 0, 0, 0, 0, 0, 0, 0),
  truncated: Uint8Array.of(0, 0, 0, 0, 0, 1, 1, 0, 0, 0),
  gamma: 0.5,
};

function returns(kind: "to_go" | "whole") {
  const [values, isWhole] = [new Float32Array(10), new Uint8Array(10)];
  computeReturns({ ...input, kind }, values, isWhole);
  const of = (agent: number) => [...values].filter((_, i) => i % 2 === agent);
  return { first: of(0), second: of(1), isWhole: [...isWhole] };
}

describe("computeReturns", () => {
  it("adds up what follows each decision of a whole episode", () => {
    const { first, second, isWhole } = returns("to_go");
    // 1 + ½·2, 2 | 4 + ½·2, 2 | cut off
    expect(first).toEqual([2, 2, 5, 2, 0]);
    // 8 + 4 + 2, 8 + 4, 8 | cut off
    expect(second).toEqual([14, 12, 8, 0, 0]);
    expect(isWhole).toEqual([1, 1, 1, 1, 1, 1, 1, 0, 0, 0]);
  });

  it("or what the whole episode brought", () => {
    const { first, second } = returns("whole");
    expect(first).toEqual([2, 2, 5, 5, 0]);
    expect(second).toEqual([14, 14, 14, 0, 0]);
  });
});
