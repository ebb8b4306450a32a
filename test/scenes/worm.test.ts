import { describe, expect, it } from "vitest";
import worm from "../../scenes/worm/index.js";
import type { Quat } from "../../src/body/spec.js";
import { axisAngle, conjugate } from "../../src/body/vector.js";
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

const { body } = worm.character;
const LIMITS = { x: [-60, 60], y: 60 } as const;
/** By `Worm.prefab`: each joint sits on the segment in front and connects to the one behind. */
const JOINTS: readonly PrefabJoint[] = [
  { ...LIMITS, frameInPart: [0, 0, 0, 1], frameInParent: [-0.706975, 0, 0, 0.7072385] },
  { ...LIMITS, frameInPart: [-S, 0, 0, S], frameInParent: [-S, 0, 0, S] },
  { ...LIMITS, frameInPart: [-S, 0, 0, S], frameInParent: [-S, 0, 0, S] },
];
const LYING: Quat = [S, 0, 0, S];

describe("the worm's body", () => {
  it("has the segments, joints and limits of the prefab, without mouth and eyes", () => {
    expect(body.parts.map(({ name, mass }) => [name, mass])).toEqual([
      ["BodySeg0", 10],
      ["BodySeg1", 10],
      ["BodySeg2", 10],
      ["BodySeg3", 10],
    ]);
    expect(body.joints.map(({ name, anchor }) => [name, ...anchor])).toEqual([
      ["BodySeg0", 0, 1.15, -0.8],
      ["BodySeg1", 0, 1.15, -1.8663],
      ["BodySeg2", 0, 1.15, -2.991],
    ]);
    expect(limitsInDegrees(worm)).toEqual(new Array(6).fill([-60, 60]));
  });

  it("drops from 0.78 m, looking anywhere, in 1.5 times Earth's gravity", () => {
    const { agents, env } = makeScene(worm, 4);
    for (const agent of agents) {
      expect(agent.body.positions[1]).toBeCloseTo(1.15, 5);
      expectNear(agent.body.jointValues, [0, 0, 0, 0, 0, 0], 1e-6);
    }
    const yaws = agents.map(({ body: { rotations } }) => 2 * Math.atan2(rotations[1]!, rotations[3]!));
    expect(Math.max(...yaws) - Math.min(...yaws)).toBeGreaterThan(0.5);
    expect(agents[0]!.body.world.gravity).toEqual([0, -14.715, 0]);
    env.step(new Float32Array(4 * 9));
    // Five steps of 1/75 s; the engine is within 0.5 % over so short a time.
    expect(agents[0]!.body.linearVelocities[1]! / (-14.715 / 15)).toBeCloseTo(1, 2);
  });

  it("has drives that reach a target and stay there", () => {
    const { agent } = makeScene(worm);
    // Measured: 90 % after 0.15 s, 2 % too far.
    for (const value of ["BodySeg0.x", "BodySeg1.y", "BodySeg2.x"]) {
      const { rise, peak, final } = stepResponse(agent, value, 0.8);
      expect(rise).toBeLessThan(0.2);
      expect(peak).toBeLessThan(1.05);
      expect(final).toBeCloseTo(1, 2);
    }
  });
});

describe("the worm's contract", () => {
  it("has ML-Agents' 64 observations and 9 actions", () => {
    const { env } = makeScene(worm);
    expect(env.observationBlocks).toEqual([
      { name: "heightRay", size: 1 },
      { name: "goalVelocity", size: 3 },
      { name: "headingAngle", size: 1 },
      { name: "headToGoalRotation", size: 4 },
      { name: "targetPosition", size: 3 },
      { name: "part:BodySeg0", size: 8 },
      { name: "part:BodySeg1", size: 15 },
      { name: "part:BodySeg2", size: 15 },
      { name: "part:BodySeg3", size: 14 },
    ]);
    expect(env.observationSize).toBe(64);
    expect(env.actionNames).toEqual([
      ...["BodySeg0.x", "BodySeg0.y", "BodySeg1.x", "BodySeg1.y", "BodySeg2.x", "BodySeg2.y"],
      ...["BodySeg0.strength", "BodySeg1.strength", "BodySeg2.strength"],
    ]);
    expect([worm.character.clock.physicsDt, worm.character.decisionPeriod]).toEqual([1 / 75, 5]);
  });

  it("turns each segment against the one in front of it as Unity does, exactly", () => {
    const { agent, observe } = makeScene(worm);
    const actions = [0.3, -0.8, -0.9, 0.5, 1, 0.7];
    agent.receiveAction(Float32Array.of(...actions, 0, 0, 0), 0);
    agent.requestAction();
    agent.act();
    placeAtTargets(agent);
    JOINTS.forEach((joint, i) => {
      // Unity's joint turns the front one against the one behind; seen is the one behind against the front one.
      const expected = conjugate(prefabRotation(joint, prefabAngles(joint, actions.slice(2 * i, 2 * i + 2))));
      const seen = observe()[`part:BodySeg${i + 1}`]!.slice(10, 14);
      // The prefab's first frame is 0.0004 rad off.
      expect(angleBetween(seen, expected)).toBeLessThan(1e-3);
    });
  });

  it("sees a segment behind turn by plus the angle about the axis of the joint", () => {
    const { agent, observe } = makeScene(worm);
    agent.body.reset({ position: [0, 5, 0], rotation: [0, 0, 0, 1], joints: [0.6, 0, 0, 0.4, 0, 0] });
    const seen = observe();
    // Head up: about +x the tail, at −z, goes up. In the frame of the segment, whose x is x too: 90° and 0.6 rad.
    expectNear(seen["part:BodySeg1"]!.slice(10, 14), axisAngle([1, 0, 0], Math.PI / 2 + 0.6), 1e-5);
    expect(agent.body.positions[4]! - 5).toBeGreaterThan(0.2);
    // The second joint turns about the vertical, which is −z of a segment that lies.
    expectNear(seen["part:BodySeg2"]!.slice(10, 14), axisAngle([0, 0, -1], 0.4), 1e-5);
    expectNear(seen["part:BodySeg3"]!.slice(10, 14), [0, 0, 0, 1], 1e-5);
  });

  it("sees the world from the orientation cube", () => {
    const { agent, observe } = makeScene(worm);
    // It looks along −x; the target lies 10 m along +x of it and 3 m below.
    agent.body.reset({
      position: [2, 3.5, 1],
      rotation: axisAngle([0, 1, 0], -Math.PI / 2),
      joints: [0, 0, 0, 0, 0, 0],
      linearVelocity: [1, 2, 3],
      angularVelocity: [0, 0.5, 0],
    });
    agent.command.target = [12, 0.5, 1];
    const seen = observe();
    expectNear(seen.heightRay!, [0.35], 1e-4);
    expectNear(seen.goalVelocity!, [0, 0, 10], 1e-6);
    expectNear(seen.headingAngle!, [1], 1e-3);
    // Straight away: half a turn about the vertical.
    expectNear(seen.headToGoalRotation!, [0, 1, 0, 0], 1e-3);
    expectNear(seen.targetPosition!, [0, -3, 10], 1e-5);
    // Ahead is +x, right is −z. No contact, no strength so far.
    expectNear(seen["part:BodySeg0"]!, [0, -3, 2, 1, 0, 0.5, 0, 0], 1e-5);
    // The second segment is 1.3163 m behind, along +x, and moves with v + ω × r = (1, 2, 3 − 0.5·1.3163).
    expectNear(seen["part:BodySeg1"]!, [0, -(3 - 0.65815), 2, 1, 0, 0.5, 0, 0, 0, 1.3163, ...LYING, 0], 1e-4);
    expectNear(seen["part:BodySeg3"]!.slice(7), [0, 0, 3.557, 0, 0, 0, 1], 1e-4);

    // A quarter turn to the right of where it looks.
    agent.body.reset({ position: [0, 1.15, 0], rotation: [0, 0, 0, 1], joints: [0, 0, 0, 0, 0, 0] });
    agent.command.target = [7, 0.5, 0];
    expectNear(observe().headingAngle!, [0.5], 1e-5);
    expectNear(observe().headToGoalRotation!, [0, S, 0, S], 1e-5);
  });

  it("sees how strong its joints were last allowed to be, and that is how strong they are", () => {
    const { env, agent, observe } = makeScene(worm);
    const strengths = (seen: Record<string, number[]>) =>
      ["part:BodySeg0", "part:BodySeg1", "part:BodySeg2"].map((part) => seen[part]!.at(-1)!);
    expect(strengths(observe())).toEqual([0, 0, 0]);
    env.step(Float32Array.of(0, 0, 0, 0, 0, 0, -1, 0, 1));
    expectNear(strengths(observe()), [0, 0.5, 1], 1e-6);
    // How far the first joint comes on its way to 60° in one decision of free fall, the others being held.
    const reached = [-1, -0.9, 1].map((strength) => {
      agent.beginEpisode();
      env.step(Float32Array.of(1, 0, 0, 0, 0, 0, strength, 1, 1));
      return agent.body.jointValues[0]!;
    });
    expect(reached[0]).toBeCloseTo(0, 2);
    expect(reached[1]).toBeGreaterThan(0.05);
    expect(reached[2]! / reached[1]!).toBeGreaterThan(2);
    agent.beginEpisode();
    expect(strengths(observe())).toEqual([0, 0, 0]);
  });

  it("earns the speed of its head times how it faces the target, for five steps at once", () => {
    const { agent } = makeScene(worm);
    const match = worm.task.rewards.match!;
    const at = (yaw: number, velocity: readonly [number, number, number]) => {
      agent.body.reset({
        position: [0, 1.15, 0],
        rotation: axisAngle([0, 1, 0], yaw),
        joints: [0, 0, 0, 0, 0, 0],
        linearVelocity: velocity,
      });
      agent.command.target = [0, 0.5, 20];
      return match(agent);
    };
    expect(worm.task.weights.match).toBe(5);
    expect(at(0, [0, 0, 10])).toBeCloseTo(1, 4);
    // 6 m/s off: (1 − 0.36)²
    expect(at(0, [0, 0, 4])).toBeCloseTo(0.4096, 4);
    expect(at(0, [6, 0, 10])).toBeCloseTo(0.4096, 4);
    expect(at(0, [0, 0, -1])).toBe(0);
    // 18° off: 1 − 18/180; nothing from 30° on.
    expect(at(Math.PI / 10, [0, 0, 10])).toBeCloseTo(0.9, 3);
    expect(at(0.53, [0, 0, 10])).toBe(0);
    expect(worm.task.measures!.match!(agent)).toBe(match(agent));
  });

  it("never falls on the ground, but 2 m below its start, and has 66.65 s", () => {
    const { agent, env } = makeScene(worm);
    expect(agent.maxStep).toBe(5000);
    env.step(new Float32Array(9));
    expect(env.terminated[0]).toBe(0);
    // It starts at 1.15 m.
    agent.body.positions[1] = -0.84;
    expect(worm.task.fallen(agent)).toBe(false);
    agent.body.positions[1] = -0.86;
    expect(worm.task.fallen(agent)).toBe(true);
  });
});
