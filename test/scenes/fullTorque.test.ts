import { expect, it } from "vitest";
import { antBody } from "../../scenes/ant/body.js";
import { halfCheetahBody } from "../../scenes/half-cheetah/body.js";
import { hopperBody } from "../../scenes/hopper/body.js";
import { humanoidBody } from "../../scenes/humanoid/body.js";
import { walker2dBody } from "../../scenes/walker2d/body.js";
import type { BodySpec } from "../../src/body/spec.js";
import { degreeOfFreedomNames } from "../../src/body/spec.js";
import { createBody, run, WEIGHTLESS } from "../support/headlessWorld.js";

// How fast a joint picks up speed under a full action, weightless, from rest: that of Gymnasium's body in MuJoCo
// (rad/s², measured there), and what ours does relative to it. MuJoCo puts a rotor's inertia on each hinge ("armature");
// this engine has no such thing, so our parts carry inertia of their own, and torques are chosen to suit it. None may be
// a catapult: without its armature MuJoCo's Ant has 20,000 and 40,000 rad/s² instead of 150.
const JOINTS: readonly [why: string, spec: BodySpec, joint: string, inMujoco: number, ratio: number][] = [
  ["200 N·m as there; 1 and 0.3 kg·m² on the parts for 1 on the hinge", hopperBody, "thigh", 184, 3],
  ["half of its torque", hopperBody, "foot", 180, 1.9],
  ["100 N·m as there, armature 0.01", walker2dBody, "right-thigh", 1211, 0.89],
  ["drives that act as gear and spring, armature 0.1", halfCheetahBody, "back-thigh", 328, 1.59],
  ["15 N·m for 150, as NVIDIA's port of it; armature 1 there", antBody, "front-left-hip", 147, 6.5],
  ["the same", antBody, "front-left-ankle", 149, 7.1],
  ["80 N·m as there", humanoidBody, "right-knee", 1339, 0.61],
];

it.each(JOINTS.map(([why, spec, joint, inMujoco, ratio]) => ({ why, name: spec.name, spec, joint, inMujoco, ratio })))(
  "$name, $joint: $ratio times MuJoCo's $inMujoco rad/s² ($why)",
  ({ spec, joint, inMujoco, ratio: expected }) => {
    const { world, body } = createBody(
      spec,
      { physicsDt: 1 / 1000, microsteps: 8, gravity: WEIGHTLESS },
      { ground: [0, 5, 0] },
    );
    const index = degreeOfFreedomNames(spec).indexOf(joint);
    const drive = body.drives[index]!;
    const [low, high] = body.limits[index]!;
    const value = body.jointValues[index]!;
    const away = high - value > value - low ? 1 : -1;
    // A position drive gives its most when half a radian is missing.
    drive.apply(drive.spec.kind === "torque" ? away * drive.spec.maxTorque : value + away * 0.5);
    run(world, body, 1);
    const ratio = Math.abs(body.jointRates[index]! * 1000) / inMujoco;
    expect(ratio / expected).toBeGreaterThan(0.95);
    expect(ratio / expected).toBeLessThan(1.05);
  },
);
