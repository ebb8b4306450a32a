import { availableParallelism } from "node:os";
import { describe, expect, it } from "vitest";
import hopper from "../../scenes/hopper/index.js";
import { InputError } from "../../src/inputError.js";
import { checkMemory, resolveParallelismAsync } from "../../src/train/parallelism.js";
import { ppoConfig } from "../support/ppoConfig.js";

describe("checkMemory", () => {
  it("says how many workers there is memory for", () => {
    // 0.15 GB each, and half a GB for everything else.
    expect(() => checkMemory(10, 2e9)).not.toThrow();
    expect(() => checkMemory(12, 2e9)).toThrow(InputError);
    expect(() => checkMemory(12, 2e9)).toThrow(
      "12 workers need about 2.3 GB of memory and 2.0 GB are free; --num-workers can be at most 10 here.",
    );
  });

  it("always lets one worker try", () => {
    expect(() => checkMemory(1, 0)).not.toThrow();
    expect(() => checkMemory(2, 0)).toThrow(/--num-workers can be at most 1 here\./);
  });
});

describe("resolveParallelismAsync", () => {
  it("keeps what the configuration names, and everything else of it", async () => {
    const config = ppoConfig({ max_steps: 3, legwork: { num_workers: 1, num_agents: 3, activation: "elu" } });
    expect(await resolveParallelismAsync(hopper, config)).toEqual(config);
  });

  it("takes one worker for each core where nothing is named", async () => {
    const config = ppoConfig({ legwork: { num_agents: 3 } });
    const { numWorkers, numAgents } = (await resolveParallelismAsync(hopper, config)).legwork;
    expect([numWorkers, numAgents]).toEqual([availableParallelism(), 3]);
  });

  it("tries out how many agents are fastest where none are named", async () => {
    const config = ppoConfig({ legwork: { num_workers: 1 } });
    const { numWorkers, numAgents } = (await resolveParallelismAsync(hopper, config)).legwork;
    expect(numWorkers).toBe(1);
    expect([8, 16, 32, 64]).toContain(numAgents);
    // The configuration is as it was.
    expect(config.legwork.numAgents).toBeNull();
  });
});
