import type { ArticulatedBody } from "../body/articulatedBody.js";
import { type Pose, standingPose } from "../body/pose.js";
import type { Vec3 } from "../body/spec.js";
import { axisAngle, dot, scale, subtract } from "../body/vector.js";
import type { Random } from "../random.js";
import type { StartNoise } from "./task.js";

/**
 * The body's start pose on the ground, with noise; a fixed root gets none. Values stay inside of joint limits: outside,
 * the engine kicks.
 * @param clearance free space under the lowest point, m
 */
export function randomStart(body: ArticulatedBody, noise: StartNoise, random: Random, clearance = 0): Pose {
  const { spec, startValues, limits, ground, planeNormal } = body;
  const joints = new Float64Array(startValues.length);
  const jointVelocities = new Float64Array(startValues.length);
  for (let i = 0; i < joints.length; i++) {
    const value = startValues[i]! + either(random, noise.jointValues);
    const limit = limits[i];
    joints[i] = limit ? Math.max(limit[0], Math.min(limit[1], value)) : value;
  }
  for (let i = 0; i < joints.length; i++) jointVelocities[i] = either(random, noise.jointRates);
  if (spec.root.kind === "fixed") {
    const { position, rotation } = standingPose(spec, joints, { ground, yaw: body.yaw });
    return { position, rotation, joints, jointVelocities };
  }
  const yaw = body.yaw + (planeNormal ? 0 : either(random, noise.yaw));
  const direction = planeNormal ? 0 : random.uniform(0, 2 * Math.PI);
  const leanAxis: Vec3 = planeNormal ?? [Math.cos(direction), 0, Math.sin(direction)];
  const velocity: Vec3 = [
    either(random, noise.velocity),
    either(random, noise.velocity),
    either(random, noise.velocity),
  ];
  const lean = axisAngle(leanAxis, either(random, noise.lean));
  const { position, rotation } = standingPose(spec, joints, { ground, yaw, lean, clearance });
  return {
    position,
    rotation,
    joints,
    jointVelocities,
    linearVelocity: planeNormal ? inPlane(velocity, planeNormal) : velocity,
  };
}

/** Uniform in ± size; draws nothing where there is no noise. */
function either(random: Random, size = 0): number {
  return size > 0 ? random.uniform(-size, size) : 0;
}

function inPlane(v: Vec3, normal: Vec3): Vec3 {
  return subtract(v, scale(normal, dot(v, normal)));
}
