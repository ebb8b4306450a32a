import { describe, expect, it } from "vitest";
import { jointReadingsOf, type PartArrays, readJoints } from "../../src/body/jointState.js";
import { forwardKinematics, type Pose } from "../../src/body/pose.js";
import { type BodySpec, degreesOfFreedom, type JointKind } from "../../src/body/spec.js";
import { IDENTITY } from "../../src/body/vector.js";
import { Random } from "../../src/random.js";
import { menagerie, pairBody } from "../support/bodies.js";
import { expectNear } from "../support/near.js";
import { randomPose } from "../support/poses.js";

/** Places the parts by forward kinematics, then reads the joints back. */
function readBack(spec: BodySpec, pose: Pose, flip = false) {
  const states = forwardKinematics(spec, pose);
  const parts: PartArrays = {
    positions: Float32Array.from(states.flatMap((state) => [...state.position])),
    rotations: Float32Array.from(
      states.flatMap((state, i) => state.rotation.map((x) => (flip && i % 2 === 1 ? -x : x))),
    ),
    linearVelocities: Float32Array.from(states.flatMap((state) => [...state.linearVelocity])),
    angularVelocities: Float32Array.from(states.flatMap((state) => [...state.angularVelocity])),
  };
  const values = new Float32Array(degreesOfFreedom(spec));
  const rates = new Float32Array(values.length);
  readJoints(jointReadingsOf(spec), parts, values, rates);
  return { values, rates };
}

/** Single precision: 1e-6 of some metres and rad/s, divided by cosines of up to 1.35 rad. */
const TOLERANCE = 1e-4;

const slanted = { axis: [1, 2, -0.5], secondAxis: [2, -1, 0] } as const;

describe("readJoints", () => {
  it.each<JointKind>(["hinge", "universal", "spherical", "slider"])(
    "gives back the values and rates of a %s joint that forward kinematics was given",
    (kind) => {
      const random = new Random(11);
      for (let i = 0; i < 50; i++) {
        const spec = pairBody({ kind, ...(i % 2 === 0 ? slanted : {}) });
        const pose = randomPose(spec, random);
        const { values, rates } = readBack(spec, pose);
        expectNear(values, pose.joints, TOLERANCE);
        expectNear(rates, pose.jointVelocities!, TOLERANCE);
      }
    },
  );

  it("does so for a whole animal, and whatever the sign of a part's quaternion", () => {
    const random = new Random(12);
    for (let i = 0; i < 50; i++) {
      const pose = randomPose(menagerie, random);
      for (const flip of [false, true]) {
        const { values, rates } = readBack(menagerie, pose, flip);
        expectNear(values, pose.joints, TOLERANCE);
        expectNear(rates, pose.jointVelocities!, TOLERANCE);
      }
    }
  });

  it("reads hinges and twists all the way round", () => {
    const pose = (joints: number[]): Pose => ({ position: [0, 0, 0], rotation: IDENTITY, joints });
    for (const angle of [-3.1, -2, 2, 3.1]) {
      expect(readBack(pairBody(slanted), pose([angle])).values[0]).toBeCloseTo(angle, 5);
      const universal = readBack(pairBody({ kind: "universal", ...slanted }), pose([angle, -angle])).values;
      expectNear(universal, [angle, -angle], TOLERANCE);
      const spherical = readBack(pairBody({ kind: "spherical", ...slanted }), pose([angle, 1, -angle])).values;
      expectNear(spherical, [angle, 1, -angle], TOLERANCE);
    }
  });

  it("stays finite where a spherical joint's middle angle is a right angle", () => {
    const pose: Pose = {
      position: [0, 0, 0],
      rotation: IDENTITY,
      joints: [0.3, Math.PI / 2, 0.2],
      jointVelocities: [1, 1, 1],
    };
    const { values, rates } = readBack(pairBody({ kind: "spherical" }), pose);
    expect([...values, ...rates].every(Number.isFinite)).toBe(true);
    expect(values[1]).toBeCloseTo(Math.PI / 2, 3);
  });
});
