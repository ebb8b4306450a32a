import { describe, expect, it } from "vitest";
import { hopperBody } from "../../scenes/hopper/body.js";
import hopper from "../../scenes/hopper/index.js";
import type { Agent } from "../../src/agent/agent.js";
import { EnvironmentParameters } from "../../src/agent/environmentParameters.js";
import { forwardKinematics, standingPose, startJointValues } from "../../src/body/pose.js";
import { createHeadlessScene } from "../../src/env/headless.js";
import { createSceneEnv } from "../../src/env/sceneEnv.js";
import { Random } from "../../src/random.js";
import type { TaskAgent } from "../../src/task/taskAgent.js";
import { BodyVariation, ObservationVariation } from "../../src/task/variation.js";
import { createBody, havok, run } from "../support/headlessWorld.js";

const parameters = (values: Readonly<Record<string, number>>) => new EnvironmentParameters(values);

function observed(variation: ObservationVariation, size: number): number[] {
  const out = new Float32Array(size);
  variation.write(out, 0);
  return Array.from(out);
}

describe("ObservationVariation", () => {
  it("is idle unless noise or delay is asked for", () => {
    const variation = new ObservationVariation(2, new Random(1));
    variation.begin(parameters({}));
    expect(variation.active).toBe(false);
    variation.begin(parameters({ "observation-delay": 0.4 }));
    expect(variation.active).toBe(false);
    variation.begin(parameters({ "observation-noise": 0.1 }));
    expect(variation.active).toBe(true);
  });

  it("shows what was seen some decisions ago, at first the start", () => {
    const variation = new ObservationVariation(1, new Random(1));
    variation.begin(parameters({ "observation-delay": 2 }));
    variation.fill(Float32Array.of(10));
    const shown = [observed(variation, 1)[0]];
    for (const value of [11, 12, 13, 14]) {
      variation.note(Float32Array.of(value));
      shown.push(observed(variation, 1)[0]);
    }
    expect(shown).toEqual([10, 10, 10, 11, 12]);
    // The next episode knows nothing of this one.
    variation.begin(parameters({ "observation-delay": 16 }));
    variation.fill(Float32Array.of(1));
    variation.note(Float32Array.of(2));
    expect(observed(variation, 1)).toEqual([1]);
  });

  it("adds noise of the deviation asked for", () => {
    const variation = new ObservationVariation(4000, new Random(1));
    variation.begin(parameters({ "observation-noise": 0.5 }));
    variation.fill(new Float32Array(4000).fill(3));
    const values = observed(variation, 4000);
    const mean = values.reduce((sum, value) => sum + value, 0) / 4000;
    expect(mean).toBeCloseTo(3, 1);
    expect(Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / 4000)).toBeCloseTo(0.5, 1);
  });
});

describe("BodyVariation", () => {
  it("makes a body heavier, slipperier and weaker for one episode, and puts it back", () => {
    const { world, body } = createBody(hopperBody, { physicsDt: 1 / 120, ground: 1 });
    const variation = new BodyVariation(body);
    const apply = (values: Readonly<Record<string, number>>) => variation.apply(parameters(values), new Random(1));
    const masses = () => body.bodies.map((part) => part.getMassProperties().mass!);
    const frictions = () => body.bodies.map((part) => part.shape!.material.friction!);
    const [before, rough] = [masses(), frictions()];
    apply({ "mass-scale": 2, "friction-scale": 0.5, "strength-scale": 0.25 });
    for (const [i, mass] of masses().entries()) expect(mass / before[i]!).toBeCloseTo(2, 1);
    for (const [i, friction] of frictions().entries()) expect(friction / rough[i]!).toBeCloseTo(0.5, 3);
    body.drives[0]!.apply(100);
    expect(body.drives[0]!.torque(0, 0)).toBe(25);
    apply({});
    for (const [i, mass] of masses().entries()) expect(mass / before[i]!).toBeCloseTo(1, 1);
    expect(frictions()).toEqual(rough);
    body.drives[0]!.apply(100);
    expect(body.drives[0]!.torque(0, 0)).toBe(100);
    run(world, body, 1);
  });

  it("gives each part a mass of its own", () => {
    const { body } = createBody(hopperBody, { physicsDt: 1 / 120 });
    const before = body.bodies.map((part) => part.getMassProperties().mass!);
    new BodyVariation(body).apply(parameters({ "mass-spread": 0.3 }), new Random(1));
    const factors = body.bodies.map((part, i) => part.getMassProperties().mass! / before[i]!);
    for (const factor of factors) expect(Math.abs(factor - 1)).toBeLessThan(0.32);
    expect(new Set(factors.map((factor) => factor.toFixed(2))).size).toBeGreaterThan(2);
  });
});

describe("a scene with variations", () => {
  const hopperHeight = forwardKinematics(hopperBody, standingPose(hopperBody, startJointValues(hopperBody)))[0]!
    .position[1];
  const make = (options: Partial<Parameters<typeof createSceneEnv>[3]>) => {
    const env = createSceneEnv(hopper, createHeadlessScene(), havok, { agents: 2, seed: 1, ...options });
    env.reset();
    return env;
  };

  it("sees only with the sensors that are named", () => {
    const env = make({ sensors: ["root", "joint-values"] });
    expect(env.observationBlocks).toEqual([
      { name: "root", size: 2 },
      { name: "joint-values", size: 3 },
    ]);
    expect(() => make({ sensors: ["eyes"] })).toThrow(
      'Character "hopper" has no sensor "eyes"; it has root, joint-values, root-velocity, joint-rates.',
    );
  });

  it("has bodies of another size in each episode, which start on the ground and stand as high as they are large", () => {
    const env = make({ agents: 12, parameters: { "size-scale": { kind: "uniform", min: 0.8, max: 1.2 } } });
    const agents = env.academy.agentsOf("Hopper") as readonly Agent[] as readonly TaskAgent[];
    const sizes = agents.map(({ body }) => body.size);
    expect(Math.min(...sizes)).toBeLessThan(0.95);
    expect(Math.max(...sizes)).toBeGreaterThan(1.05);
    for (const agent of agents) {
      expect(agent.body.heightAbove(0) / (agent.body.size * hopperHeight)).toBeCloseTo(1, 1);
      expect(agent.startHeight(0)).toBeCloseTo(agent.body.size * hopperHeight, 3);
      agent.body.reset(agent.body.startPose());
      expect(agent.feet.clearance(0)).toBeCloseTo(0, 3);
    }
    for (let step = 0; step < 30; step++) env.step(new Float32Array(36));
    expect(env.observations.every(Number.isFinite)).toBe(true);
    for (const agent of agents) agent.beginEpisode();
    expect(agents.map(({ body }) => body.size)).not.toEqual(sizes);
  });

  it("sees late by the delay asked for", () => {
    const [now, late] = [make({}), make({ parameters: { "observation-delay": 2 } })];
    const rows: number[][] = [];
    const actions = new Float32Array(6).fill(0.1);
    for (let step = 0; step < 5; step++) {
      rows.push(Array.from(now.observations));
      if (step >= 2) expect(Array.from(late.observations)).toEqual(rows[step - 2]);
      now.step(actions);
      late.step(actions);
    }
  });
});
