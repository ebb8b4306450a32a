import type { Pose } from "../../src/body/pose.js";
import { type BodySpec, jointLimits, type Vec3 } from "../../src/body/spec.js";
import { axisAngle, normalize } from "../../src/body/vector.js";
import type { Random } from "../../src/random.js";

/** A root anywhere, joint values well inside their limits (±1.3 without limits), everything in motion. */
export function randomPose(spec: BodySpec, random: Random): Pose {
  const vector = (size: number): Vec3 => [
    random.uniform(-size, size),
    random.uniform(-size, size),
    random.uniform(-size, size),
  ];
  const limits = jointLimits(spec);
  return {
    position: vector(5),
    rotation: axisAngle(normalize(vector(1)), random.uniform(-Math.PI, Math.PI)),
    joints: limits.map((limit) => {
      const [low, high] = limit ?? [-1.35, 1.35];
      const margin = 0.05 * (high - low);
      return random.uniform(low + margin, high - margin);
    }),
    linearVelocity: vector(2),
    angularVelocity: vector(2),
    jointVelocities: limits.map(() => random.uniform(-3, 3)),
  };
}
