import type { ArticulatedBody } from "../body/articulatedBody.js";
import { type Pose, standingPose } from "../body/pose.js";
import type { Vec3 } from "../body/spec.js";
import { axisAngle, normalize, rotate } from "../body/vector.js";
import type { Random } from "../random.js";
import type { StartNoise } from "./task.js";

/**
 * The body's start pose on the ground, with noise; a fixed root gets none. Values stay inside of joint limits: outside,
 * the engine kicks.
 */
export function randomStart(body: ArticulatedBody, noise: StartNoise, random: Random): Pose {
  const { spec } = body;
  const either = (size = 0) => (size > 0 ? random.uniform(-size, size) : 0);
  const joints = body.startValues.map((value, i) => {
    const [low, high] = body.limits[i] ?? [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY];
    return Math.max(low, Math.min(high, value + either(noise.jointValues)));
  });
  const jointVelocities = joints.map(() => either(noise.jointRates));
  if (spec.root.kind === "fixed") {
    return { ...standingPose(spec, joints, { ground: body.ground, yaw: body.yaw }), jointVelocities };
  }
  const planar =
    spec.root.kind === "planar" ? rotate(axisAngle([0, 1, 0], body.yaw), normalize(spec.root.normal)) : null;
  const yaw = body.yaw + (planar ? 0 : either(noise.yaw));
  const direction = planar ? 0 : random.uniform(0, 2 * Math.PI);
  const leanAxis: Vec3 = planar ?? [Math.cos(direction), 0, Math.sin(direction)];
  const velocity: Vec3 = [either(noise.velocity), either(noise.velocity), either(noise.velocity)];
  return {
    ...standingPose(spec, joints, { ground: body.ground, yaw, lean: axisAngle(leanAxis, either(noise.lean)) }),
    jointVelocities,
    linearVelocity: planar ? inPlane(velocity, planar) : velocity,
  };
}

function inPlane(v: Vec3, normal: Vec3): Vec3 {
  const along = v[0] * normal[0] + v[1] * normal[1] + v[2] * normal[2];
  return [v[0] - along * normal[0], v[1] - along * normal[1], v[2] - along * normal[2]];
}
