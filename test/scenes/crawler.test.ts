import { describe, expect, it } from "vitest";
import { crawler as character } from "../../scenes/crawler/character.js";
import crawler from "../../scenes/crawler/index.js";
import type { Quat } from "../../src/body/spec.js";
import { axisAngle } from "../../src/body/vector.js";
import { Random } from "../../src/random.js";
import {
  angleBetween,
  limitsInDegrees,
  makeScene,
  type PrefabJoint,
  placeAtTargets,
  prefabAngles,
  prefabRotation,
  S,
  stepResponse,
} from "../support/mlAgents.js";
import { expectNear } from "../support/near.js";

const { body } = crawler.character;
const LEGS = [0, 1, 2, 3];
/** By `Crawler.prefab`: +x or −x, +z or −z; rotation of both parts at rest; frame of the hip in the body. */
const SIDES = [
  [1, -1],
  [-1, -1],
  [-1, 1],
  [1, 1],
] as const;
const REST: readonly Quat[] = [
  [-0.6532815, -0.270598, -0.270598, 0.6532815],
  [-0.6532815, 0.2705981, 0.2705981, 0.6532815],
  [-0.270598, 0.6532815, 0.6532815, 0.270598],
  [-0.2705981, -0.6532815, -0.6532815, 0.2705981],
];
const HIP_FRAMES: readonly Quat[] = [
  [0.9238796, 0, 0.3826834, 0],
  [0.9238795, 0, -0.3826835, 0],
  [-0.3826834, 0, 0.9238796, 0],
  [0.3826835, 0, 0.9238795, 0],
];
const hipJoint = (leg: number): PrefabJoint => ({
  x: [-60, 0],
  y: 20,
  frameInPart: [-S, 0, 0, S],
  frameInParent: HIP_FRAMES[leg]!,
});
const KNEE: PrefabJoint = { x: [0, 150], frameInPart: [-S, 0, 0, S], frameInParent: [-S, 0, 0, S] };

/** Raises the legs by 30° and lets the forelegs hang straight down. */
const STANDING = Float32Array.of(0, 0, 0, 0, 0, 0, 0, 0, 0.6, 0.6, 0.6, 0.6, ...new Array<number>(8).fill(0));

describe("the crawler's body", () => {
  it("has the parts, masses, joints and limits of the prefab", () => {
    expect(body.parts.map(({ name, mass }) => [name, mass])).toEqual([
      ["Body", 20],
      ...LEGS.flatMap((leg) => [
        [`leg${leg}`, 2],
        [`foreleg${leg}`, 1],
      ]),
    ]);
    for (const leg of LEGS) {
      const [x, z] = SIDES[leg]!;
      const anchor = (name: string) => body.joints.find((joint) => joint.name === name)!.anchor;
      expectNear(anchor(`leg${leg}`), [x * 0.282843, 2.006, z * 0.282843], 1e-6);
      expectNear(anchor(`foreleg${leg}`), [x * 0.869741, 2.006, z * 0.869741], 2e-6);
    }
    const leg = [
      [-20, 20],
      [-60, 0],
      [0, 150],
    ];
    expect(limitsInDegrees(crawler)).toEqual([...leg, ...leg, ...leg, ...leg]);
  });

  it("drops from 2.156 m with its legs stretched out, looking anywhere", () => {
    const { agents, env } = makeScene(crawler, 4);
    for (const { body: placed } of agents) {
      expect(placed.positions[1]).toBeCloseTo(2.156, 5);
      for (const leg of [1, 2, 3, 4, 5, 6, 7, 8]) expect(placed.positions[3 * leg + 1]).toBeCloseTo(2.006, 5);
    }
    const yaws = agents.map(({ body: { rotations } }) => 2 * Math.atan2(rotations[1]!, rotations[3]!));
    expect(Math.max(...yaws) - Math.min(...yaws)).toBeGreaterThan(0.5);
    const stretched = [...LEGS.flatMap(() => [1, 0]), ...LEGS.map(() => -1), ...new Array<number>(8).fill(1)];
    env.step(Float32Array.from(agents.flatMap(() => stretched)));
    // Five steps of 1/75 s; the damping takes 0.3 % of it, the engine as much.
    const share = agents[0]!.body.linearVelocities[1]! / (-14.715 / 15);
    expect(share).toBeGreaterThan(0.99);
    expect(share).toBeLessThan(1);
  });

  it("has drives that reach a target without going beyond", () => {
    const { agent } = makeScene(crawler);
    // Measured: 90 % after 0.11 s (knee) to 0.15 s, 1 % too far.
    for (const [value, target] of [
      ["leg0.x", 0.3],
      ["leg1.y", -0.9],
      ["foreleg2", 2],
    ] as const) {
      const { rise, peak, final } = stepResponse(agent, value, target);
      expect(rise).toBeLessThan(0.2);
      expect(peak).toBeLessThan(1.03);
      expect(final).toBeCloseTo(1, 2);
    }
  });

  it("stands at the middle strength for six seconds, on its forelegs alone", () => {
    const { env, agent } = makeScene(crawler);
    for (let step = 0; step < 90; step++) env.step(STANDING);
    expect(env.drainEpisodes()).toEqual([]);
    expect(agent.body.positions[1]).toBeGreaterThan(0.9);
    expect([...agent.body.contacts]).toEqual([0, 0, 1, 0, 1, 0, 1, 0, 1]);
    expect(Math.max(...agent.body.linearVelocities.map(Math.abs))).toBeLessThan(0.1);
  });
});

describe("the crawler's contract", () => {
  it("has ML-Agents' 126 + 32 observations and 20 actions", () => {
    const { env } = makeScene(crawler);
    expect(env.observationBlocks).toEqual([
      { name: "PhysicsBodySensor:Body", size: 126 },
      { name: "velocityDistance", size: 1 },
      { name: "averageVelocity", size: 3 },
      { name: "goalVelocity", size: 3 },
      { name: "bodyToGoalRotation", size: 4 },
      { name: "targetPosition", size: 3 },
      { name: "heightRay", size: 1 },
      { name: "part:Body", size: 1 },
      ...LEGS.flatMap((leg) => [
        { name: `part:leg${leg}`, size: 2 },
        { name: `part:foreleg${leg}`, size: 2 },
      ]),
    ]);
    expect(env.observationSize).toBe(158);
    const parts = [...LEGS.map((leg) => `leg${leg}`), ...LEGS.map((leg) => `foreleg${leg}`)];
    expect(env.actionNames).toEqual([
      ...LEGS.flatMap((leg) => [`leg${leg}.x`, `leg${leg}.y`]),
      ...LEGS.map((leg) => `foreleg${leg}.x`),
      ...parts.map((part) => `${part}.strength`),
    ]);
    expect([character.clock.physicsDt, character.decisionPeriod]).toEqual([1 / 75, 5]);
  });

  it("turns each part against the one it hangs on as Unity does, exactly", () => {
    const { agent, observe } = makeScene(crawler);
    const random = new Random(3);
    const actions = Array.from({ length: 20 }, () => random.uniform(-1, 1));
    agent.receiveAction(Float32Array.from(actions), 0);
    agent.requestAction();
    agent.act();
    placeAtTargets(agent);
    const local = (part: number) => observe()["PhysicsBodySensor:Body"]!.slice(90 + 4 * part, 94 + 4 * part);
    for (const leg of LEGS) {
      const hip = prefabRotation(hipJoint(leg), prefabAngles(hipJoint(leg), actions.slice(2 * leg, 2 * leg + 2)));
      const knee = prefabRotation(KNEE, prefabAngles(KNEE, [actions[8 + leg]!]));
      expect(angleBetween(local(1 + 2 * leg), hip)).toBeLessThan(1e-3);
      expect(angleBetween(local(2 + 2 * leg), knee)).toBeLessThan(1e-3);
    }
  });

  it("raises its legs with −x, bends its forelegs down with +x, and turns all legs the same way with y", () => {
    const { agent, observe } = makeScene(crawler);
    const placed = (actions: readonly number[]) => {
      agent.receiveAction(Float32Array.of(...actions, ...new Array<number>(8).fill(0)), 0);
      agent.requestAction();
      agent.act();
      placeAtTargets(agent);
      agent.command.target = [0, 0.5, 20];
      return observe()["PhysicsBodySensor:Body"]!;
    };
    const flat = [1, 0, 1, 0, 1, 0, 1, 0, -1, -1, -1, -1];
    const rest = placed(flat);
    const raised = placed([-1, 0, -1, 0, -1, 0, -1, 0, -1, -1, -1, -1]);
    const bent = placed([1, 0, 1, 0, 1, 0, 1, 0, 1, 1, 1, 1]);
    const turned = placed([1, 1, 1, 1, 1, 1, 1, 1, -1, -1, -1, -1]);
    for (const leg of LEGS) {
      const [upper, lower] = [7 * (1 + 2 * leg), 7 * (2 + 2 * leg)];
      // The middle of a leg is 0.5 m from its hip: sin 60° of that. That of a foreleg 0.75 m from its knee: sin 150°.
      expect(raised[upper + 1]! - rest[upper + 1]!).toBeCloseTo(0.5 * Math.sin(Math.PI / 3), 4);
      expect(bent[lower + 1]! - rest[lower + 1]!).toBeCloseTo(-0.75 * 0.5, 4);
      // +20° about −y turn the body against the leg, so the leg turns by −20° about −y: by +20° about y, from z to x.
      const [x, z] = SIDES[leg]!;
      const angle = Math.atan2(x, z) + Math.PI / 9;
      const direction = [turned[upper]! - x * 0.282843, turned[upper + 2]! - z * 0.282843];
      expectNear(direction, [0.5 * Math.sin(angle), 0.5 * Math.cos(angle)], 1e-4);
    }
  });

  it("sees its parts from the orientation cube, with Unity's rotations", () => {
    const { agent, observe } = makeScene(crawler);
    const straight = new Array<number>(12).fill(0);
    agent.body.reset({ position: [3, 2.156, 1], rotation: [0, 0, 0, 1], joints: straight });
    agent.command.target = [3, 0.5, 21];
    const level = observe()["PhysicsBodySensor:Body"]!;
    expectNear(level.slice(0, 7), [0, 0, 0, 0, 0, 0, 1], 1e-6);
    for (const leg of LEGS) {
      const [x, z] = SIDES[leg]!;
      expectNear(level.slice(7 + 14 * leg, 14 + 14 * leg), [x * 0.636396, -0.15, z * 0.636396, ...REST[leg]!], 1e-5);
      expectNear(level.slice(14 + 14 * leg, 17 + 14 * leg), [x * 1.400072, -0.15, z * 1.400072], 1e-5);
      expectNear(level.slice(94 + 8 * leg, 98 + 8 * leg), REST[leg]!, 1e-5);
      expectNear(level.slice(98 + 8 * leg, 102 + 8 * leg), [0, 0, 0, 1], 1e-5);
    }
    // The target to its right: the cube looks along +x, the body a quarter turn to the left of that.
    agent.body.reset({
      position: [3, 2.156, 1],
      rotation: [0, 0, 0, 1],
      joints: straight,
      linearVelocity: [1, 2, 3],
      angularVelocity: [0, 0.5, 0],
    });
    agent.command.target = [13, 0.5, 1];
    const seen = observe()["PhysicsBodySensor:Body"]!;
    expectNear(seen.slice(0, 7), [0, 0, 0, 0, -S, 0, S], 1e-6);
    // leg0 is right and behind: ahead and to the right of the cube's view.
    expectNear(seen.slice(7, 10), [0.636396, -0.15, 0.636396], 1e-5);
    // v + ω × r = (1 + 0.5·r_z, 2, 3 − 0.5·r_x) with r = (0.636, −0.15, −0.636)
    const [vx, vz] = [1 - 0.318198, 3 - 0.318198];
    expectNear(seen.slice(63, 69), [-3, 2, 1, -vz, 2, vx], 1e-5);
    // Against the cube for the body, against the body for a leg.
    expectNear(seen.slice(90, 98), [0, -S, 0, S, ...REST[0]!], 1e-5);
  });

  it("sees its goal", () => {
    const { agent, observe } = makeScene(crawler, 1, { "target-speed": 4 });
    agent.body.reset({
      position: [3, 2.156, 1],
      rotation: axisAngle([0, 1, 0], Math.PI / 2),
      joints: new Array<number>(12).fill(0),
      linearVelocity: [1, 2, 3],
    });
    agent.command.target = [3, 0.5, 21];
    const seen = observe();
    expectNear(seen.velocityDistance!, [Math.hypot(1, 2, 3 - 4)], 1e-5);
    expectNear(seen.averageVelocity!, [1, 2, 3], 1e-5);
    expectNear(seen.goalVelocity!, [0, 0, 4], 1e-6);
    // From +x to +z.
    expectNear(seen.bodyToGoalRotation!, [0, -S, 0, S], 1e-5);
    expectNear(seen.targetPosition!, [0, 0.5 - 2.156, 20], 1e-5);
    expectNear(seen.heightRay!, [0.2156], 1e-4);
    expectNear([...seen["part:Body"]!, ...seen["part:foreleg3"]!], [0, 0, 0], 0);
  });

  it("sees contacts and strengths part by part", () => {
    const { env, observe } = makeScene(crawler);
    const action = Float32Array.from(STANDING);
    for (let i = 0; i < 8; i++) action[12 + i] = -0.2 + 0.1 * i;
    for (let step = 0; step < 30; step++) env.step(action);
    const seen = observe();
    expectNear(seen["part:Body"]!, [0], 0);
    for (const leg of LEGS) {
      expectNear(seen[`part:leg${leg}`]!, [0, 0.4 + 0.05 * leg], 1e-6);
      expectNear(seen[`part:foreleg${leg}`]!, [1, 0.6 + 0.05 * leg], 1e-6);
    }
  });

  it("earns its mean velocity times its look at the target, for five steps at once", () => {
    const { agent } = makeScene(crawler, 1, { "target-speed": 4 });
    const at = (yaw: number, velocity: readonly [number, number, number], pitch = 0) => {
      agent.body.reset({
        position: [0, 2, 0],
        rotation: yaw !== 0 ? axisAngle([0, 1, 0], yaw) : axisAngle([1, 0, 0], pitch),
        joints: new Array<number>(12).fill(0),
        linearVelocity: velocity,
      });
      agent.command.target = [0, 0.5, 20];
      return crawler.task.rewards.match!(agent);
    };
    expect(crawler.task.weights.match).toBe(5);
    expect(at(0, [0, 0, 4])).toBeCloseTo(1, 5);
    // 1 m/s of 4 off: (1 − 1/16)²
    expect(at(0, [0, 1, 4])).toBeCloseTo((15 / 16) ** 2, 5);
    expect(at(0, [0, 0, 0])).toBe(0);
    // Looking sideways earns half, away nothing; so does looking down 60°: (1 + cos 60°)/2.
    expect(at(Math.PI / 2, [0, 0, 4])).toBeCloseTo(0.5, 5);
    expect(at(Math.PI, [0, 0, 4])).toBeCloseTo(0, 5);
    expect(at(0, [0, 0, 4], Math.PI / 3)).toBeCloseTo(0.75, 5);
  });

  it("falls when anything but a foreleg touches the ground, which costs all of that decision and 1", () => {
    const { env, agent } = makeScene(crawler);
    body.parts.forEach(({ name }, part) => {
      agent.body.contacts.fill(0);
      agent.body.contacts[part] = 1;
      expect(crawler.task.fallen(agent)).toBe(!name.startsWith("foreleg"));
    });
    agent.beginEpisode();
    // Legs stretched out level: it lands on its belly.
    const flat = Float32Array.of(1, 0, 1, 0, 1, 0, 1, 0, -1, -1, -1, -1, ...new Array<number>(8).fill(1));
    let steps = 0;
    while (env.terminated[0] === 0 && steps < 60) {
      env.step(flat);
      steps++;
    }
    // 1.656 m at 14.715 m/s² take 0.47 s, seven decisions of 1/15 s.
    expect(steps).toBeGreaterThanOrEqual(7);
    expect(steps).toBeLessThan(15);
    expect(env.rewards[0]).toBe(-1);
    const [episode] = env.drainEpisodes();
    expect(episode!.terms.reward).toBe(-1);
    expect(episode!.return).toBeCloseTo(episode!.terms.match! - 1, 5);
    expect(agent.maxStep).toBe(5000);
  });
});
