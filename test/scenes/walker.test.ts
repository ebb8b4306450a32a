import { describe, expect, it, onTestFinished } from "vitest";
import { walkerBody } from "../../scenes/walker/body.js";
import walker from "../../scenes/walker/index.js";
import { forwardKinematics, standingPose, startJointValues } from "../../src/body/pose.js";
import { degreeOfFreedomNames, degreesOfFreedom, jointLimits } from "../../src/body/spec.js";
import { validateBody } from "../../src/body/validate.js";
import { createHeadlessScene } from "../../src/env/headless.js";
import { createSceneEnv } from "../../src/env/sceneEnv.js";
import { Random } from "../../src/random.js";
import { createBody, havok, run } from "../support/headlessWorld.js";
import { expectNear } from "../support/near.js";

const names = degreeOfFreedomNames(walkerBody);

/** Where each part is with the hips at the origin, by name, when these joint values are as given and all others zero. */
function drawn(values: Readonly<Record<string, number>>) {
  const joints = names.map((name) => values[name] ?? 0);
  const states = forwardKinematics(walkerBody, { position: [0, 0, 0], rotation: [0, 0, 0, 1], joints });
  return Object.fromEntries(walkerBody.parts.map(({ name }, i) => [name, states[i]!.position]));
}

describe("the walker's body", () => {
  it("has the parts, the mass and the joints of Unity's Walker", () => {
    validateBody(walkerBody);
    expect(walkerBody.parts).toHaveLength(16);
    expect(walkerBody.parts.reduce((sum, part) => sum + part.mass, 0)).toBe(109);
    expect(walkerBody.joints).toHaveLength(15);
    expect(degreesOfFreedom(walkerBody)).toBe(26);
    expect(walkerBody.joints.every(({ kind, drives = [] }) => kind === "fixed" || drives.length > 0)).toBe(true);
  });

  it("has the prefab's limits, in degrees", () => {
    const limits = jointLimits(walkerBody).map((limit) => limit!.map((angle) => Math.round((angle * 180) / Math.PI)));
    const trunk = [
      [-20, 20],
      [-20, 20],
      [-15, 15],
    ];
    const neck = [
      [-10, 30],
      [-20, 20],
    ];
    const limb = [
      [-60, 90], // hip
      [-40, 40],
      [0, 120], // knee
      [-20, 20], // ankle
      [-20, 20],
      [-20, 20],
      [-60, 120], // shoulder
      [-100, 100],
      [0, 160], // elbow
    ];
    expect(limits).toEqual([...trunk, ...trunk, ...neck, ...limb, ...limb]);
  });

  it("is drawn with its soles 14 mm above the ground and the top of its head at 1.9885 m", () => {
    const hips = standingPose(walkerBody, new Array<number>(26).fill(0)).position[1];
    expect(0.828 - hips).toBeCloseTo(0.01426, 5);
    expect(0.828 + drawn({}).head![1] + 0.22).toBeCloseTo(1.9885, 5);
  });

  it("bends forward, shuts and spreads with positive angles, and alike on both sides", () => {
    const still = drawn({});
    const moved = (part: string, values: Readonly<Record<string, number>>) =>
      drawn(values)[part]!.map((x, i) => x - still[part]![i]!);
    expect(moved("head", { "spine.x": 0.3 })[2]).toBeGreaterThan(0.1);
    expect(moved("head", { "neck.x": 0.3 })[2]).toBeGreaterThan(0.05);
    for (const [side, out] of [
      ["left", -1],
      ["right", 1],
    ] as const) {
      expect(moved(`${side}-thigh`, { [`${side}-hip.x`]: 0.5 })[2]).toBeGreaterThan(0.05);
      expect(moved(`${side}-thigh`, { [`${side}-hip.y`]: 0.5 })[0]! * out).toBeGreaterThan(0.05);
      expect(moved(`${side}-shin`, { [`${side}-knee`]: 0.5 })[2]).toBeLessThan(-0.05);
      expect(moved(`${side}-foot`, { [`${side}-ankle.x`]: 0.3 })[1]).toBeGreaterThan(0.005);
      expect(moved(`${side}-foot`, { [`${side}-ankle.y`]: 0.3 })[0]! * out).toBeGreaterThan(0.005);
      expect(moved(`${side}-hand`, { [`${side}-shoulder.x`]: 0.5 })[2]).toBeGreaterThan(0.2);
      expect(moved(`${side}-hand`, { [`${side}-shoulder.y`]: 0.5 })[1]).toBeLessThan(-0.2);
      expect(moved(`${side}-hand`, { [`${side}-elbow`]: 0.5 })[2]).toBeGreaterThan(0.1);
    }
    const random = new Random(1);
    const values = Array.from({ length: 9 }, () => random.uniform(0, 0.3));
    const mirrored = (side: string) => {
      const own = names.filter((name) => name.startsWith(side));
      return drawn(Object.fromEntries(own.map((name, i) => [name, values[i]!])));
    };
    for (const part of ["shin", "foot", "hand"]) {
      const [x, y, z] = mirrored("left")[`left-${part}`]!;
      expectNear(mirrored("right")[`right-${part}`]!, [-x, y, z]);
    }
  });

  it("starts with both soles flat", () => {
    const states = forwardKinematics(walkerBody, standingPose(walkerBody, startJointValues(walkerBody)));
    const feet = walkerBody.parts.flatMap(({ name }, i) => (name.endsWith("-foot") ? [states[i]!.rotation] : []));
    for (const foot of feet) expectNear(foot, [0, 0, 0, 1], 1e-12);
  });

  it("stands without help, and holds its joints together", () => {
    const { clock } = walker.character;
    const { world, body } = createBody(walkerBody, { ...clock, ground: 1 });
    run(world, body, 180);
    const [hips, head] = [body.positions.subarray(0, 3), body.positions.subarray(9, 12)];
    expect(head[1]).toBeGreaterThan(1.65);
    expect(Math.hypot(hips[0]!, hips[2]!)).toBeLessThan(0.05);
    expect(Math.max(...body.jointRates.map(Math.abs))).toBeLessThan(0.2);
    const expected = forwardKinematics(walkerBody, {
      position: [hips[0]!, hips[1]!, hips[2]!],
      rotation: [body.rotations[0]!, body.rotations[1]!, body.rotations[2]!, body.rotations[3]!],
      joints: body.jointValues,
    });
    expectNear(
      body.positions,
      expected.flatMap(({ position }) => position),
      0.02,
    );
  });
});

describe("the walker scene", () => {
  const AGENTS = 4;

  function makeEnv(parameters: Readonly<Record<string, number>> = {}) {
    const env = createSceneEnv(walker, createHeadlessScene(), havok, { agents: AGENTS, seed: 1, parameters });
    onTestFinished(() => env.dispose());
    env.reset();
    return env;
  }

  it("sees root, joints and feet, and has an action for every joint value", () => {
    const env = makeEnv();
    expect(env.observationBlocks).toEqual([
      { name: "command", size: 6 },
      { name: "pace", size: 2 },
      { name: "root", size: 10 },
      { name: "joints", size: 52 },
      { name: "contacts", size: 2 },
      { name: "drive-targets", size: 26 },
    ]);
    expect(env.actionNames).toEqual(names);
  });

  it("survives doing nothing for two seconds, and earns more for it when it is asked to stand", () => {
    const earned = (targetSpeed: number) => {
      const env = makeEnv({ "target-speed": targetSpeed });
      let total = 0;
      for (let step = 0; step < 120; step++) {
        env.step(new Float32Array(AGENTS * 26));
        total += env.rewards.reduce((sum, reward) => sum + reward, 0);
      }
      expect(env.drainEpisodes()).toEqual([]);
      return total / (120 * AGENTS);
    };
    // Alive, upright and facing within ±0.3 rad of forward are worth up to 0.7, both feet down when they should take turns
    // 0.9; as asked they earn 1.5, and the velocity another 3.
    expect(earned(1.2)).toBeLessThan(1.8);
    expect(earned(0)).toBeGreaterThan(4.5);
  });

  it("falls under random actions", () => {
    const env = makeEnv();
    const random = new Random(2);
    const actions = new Float32Array(AGENTS * 26);
    for (let step = 0; step < 240; step++) {
      if (step % 10 === 0) for (let i = 0; i < actions.length; i++) actions[i] = random.uniform(-1, 1);
      env.step(actions);
      expect(env.observations.every(Number.isFinite)).toBe(true);
    }
    const episodes = env.drainEpisodes();
    expect(episodes.length).toBeGreaterThanOrEqual(AGENTS);
    expect(new Set(episodes.map(({ end }) => end))).toEqual(new Set(["terminated"]));
  });
});
