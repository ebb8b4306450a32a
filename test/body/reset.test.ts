import { describe, expect, it } from "vitest";
import { hopperBody } from "../../scenes/hopper/body.js";
import { ArticulatedBody } from "../../src/body/articulatedBody.js";
import type { Pose } from "../../src/body/pose.js";
import type { BodySpec } from "../../src/body/spec.js";
import type { PhysicsWorld } from "../../src/body/world.js";
import { Random } from "../../src/random.js";
import { menagerie } from "../support/bodies.js";
import { createWorld, snapshot } from "../support/headlessWorld.js";
import { expectNear } from "../support/near.js";
import { randomPose } from "../support/poses.js";

const STEPS = 60;

/** One world step with commands that depend on the seed and the number of the step only. */
function command(body: ArticulatedBody, random: Random): void {
  for (const drive of body.drives) drive?.apply(random.uniform(-1, 1) * (drive.spec.kind === "torque" ? 60 : 1));
}

/** What a body does in a rollout from a pose; `others` may do as they please before each step. */
function rollout(world: PhysicsWorld, body: ArticulatedBody, pose: Pose, others: () => void = () => {}): number[][] {
  const random = new Random(77);
  body.reset(pose);
  const states: number[][] = [snapshot(body)];
  for (let step = 0; step < STEPS; step++) {
    if (step % 4 === 0) command(body, random);
    others();
    world.step();
    body.readState();
    states.push(snapshot(body));
  }
  return states;
}

/** Where two rollouts first differ, null when they are the same to the last bit. */
function difference(a: readonly number[][], b: readonly number[][]): string | null {
  for (let step = 0; step < a.length; step++) {
    const entry = a[step]!.findIndex((value, i) => !Object.is(value, b[step]![i]));
    if (entry >= 0) return `step ${step}, entry ${entry}: ${a[step]![entry]} and ${b[step]![entry]}`;
  }
  return null;
}

/** Anything at all, for a random number of steps. */
function wander(world: PhysicsWorld, body: ArticulatedBody, random: Random): void {
  body.reset({ ...randomPose(body.spec, random), position: [0, random.uniform(0.5, 2), 0] });
  for (let step = random.integer(120); step > 0; step--) {
    command(body, random);
    world.step();
  }
}

function build(world: PhysicsWorld, spec: BodySpec, index = 0): ArticulatedBody {
  const body = new ArticulatedBody(world, spec, { index, ground: [2 * index, 0, 0] });
  body.watchContacts(spec.parts.map((_, part) => part));
  return body;
}

describe.each([
  ["the hopper: a plane, torques, a foot on the ground", hopperBody],
  ["the menagerie: every kind of joint, springs, many contacts", menagerie],
])("reset of %s", (_title, spec) => {
  it("shows the pose at once", () => {
    const body = build(createWorld({ ground: 1 }), spec);
    const pose = { ...randomPose(spec, new Random(4)), rotation: [0, 0, 0, 1] as const };
    body.reset(pose);
    expectNear(body.positions.subarray(0, 3), pose.position, 1e-6);
    expectNear(body.jointValues, pose.joints, 1e-4);
    expectNear(body.jointRates, pose.jointVelocities!, 1e-3);
  });

  it("makes every rollout bitwise equal to the first, whatever came before and however long it was", () => {
    const world = createWorld({ physicsDt: 1 / 120, ground: 1 });
    const body = build(world, spec);
    const first = rollout(world, body, body.startPose());
    expect(first.some((state, i) => i > 0 && state[0] !== first[i - 1]![0])).toBe(true);
    const random = new Random(5);
    for (let i = 0; i < 4; i++) {
      wander(world, body, random);
      expect(difference(rollout(world, body, body.startPose()), first)).toBeNull();
    }
  });

  it("does so among others that wander and are reset at any time", () => {
    const alone = createWorld({ physicsDt: 1 / 120, ground: 1 });
    const world = createWorld({ physicsDt: 1 / 120, ground: 1 });
    const bodies = [0, 1, 2, 3].map((index) => build(world, spec, index));
    const random = new Random(6);
    const meddle = () => {
      for (const other of bodies) {
        if (other === bodies[1]) continue;
        command(other, random);
        if (random.uniform() < 0.05) other.reset({ ...other.startPose(), linearVelocity: [0, random.uniform(), 0] });
      }
    };
    const body = bodies[1]!;
    const first = rollout(world, body, body.startPose(), meddle);
    for (let i = 0; i < 4; i++) {
      for (let step = random.integer(100); step > 0; step--) {
        meddle();
        command(body, random);
        world.step();
      }
      expect(difference(rollout(world, body, body.startPose(), meddle), first)).toBeNull();
    }
    // And equal to what it does in a world without the others, in the same place.
    const hermit = build(alone, spec, 1);
    expect(difference(rollout(alone, hermit, hermit.startPose()), first)).toBeNull();
  });
});
