import { describe, expect, it } from "vitest";
import { jointAxes, kinematicsOf } from "../../src/body/kinematics.js";
import { forwardKinematics, type Pose, standingPose, startJointValues } from "../../src/body/pose.js";
import { type BodySpec, degreeOfFreedomNames, degreesOfFreedom, jointLimits } from "../../src/body/spec.js";
import { axisAngle, conjugate, IDENTITY, multiply, rotate, scale, subtract } from "../../src/body/vector.js";
import { Random } from "../../src/random.js";
import { boxBody, linkBody, menagerie } from "../support/bodies.js";
import { expectNear } from "../support/near.js";
import { randomPose } from "../support/poses.js";

const atRest = (joints: readonly number[]): Pose => ({ position: [0, 2, 0], rotation: IDENTITY, joints });

describe("forwardKinematics", () => {
  it("swings a hinged link about its anchor", () => {
    // The link's centre hangs 0.25 m below the anchor; a quarter turn about z takes it to +x.
    const [, link] = forwardKinematics(linkBody(), atRest([Math.PI / 2]));
    expectNear(link!.position, [0.25, 2, 0]);
    expectNear(link!.rotation, [0, 0, Math.SQRT1_2, Math.SQRT1_2]);
  });

  it("gives it ω along the axis and v = ω × r", () => {
    const [, link] = forwardKinematics(linkBody(), { ...atRest([0]), jointVelocities: [2] });
    expectNear(link!.angularVelocity, [0, 0, 2]);
    expectNear(link!.linearVelocity, [0.5, 0, 0]);
  });

  it("carries the root's own motion on", () => {
    const [, link] = forwardKinematics(linkBody(), {
      ...atRest([0]),
      linearVelocity: [1, 0, 0],
      angularVelocity: [0, 0, 3],
      jointVelocities: [-3],
    });
    // The link does not turn, so only the anchor's velocity is left; the anchor is the root's centre.
    expectNear(link!.angularVelocity, [0, 0, 0]);
    expectNear(link!.linearVelocity, [1, 0, 0]);
  });

  it("shifts a slider along its axis in the turned parent", () => {
    const spec = linkBody({ joint: { kind: "slider", axis: [1, 0, 0] } });
    const turned = { ...atRest([0.3]), rotation: [0, 0, Math.SQRT1_2, Math.SQRT1_2] as const, jointVelocities: [0.5] };
    const [, link] = forwardKinematics(spec, turned);
    // Turned by 90° about z: down becomes +x, the slider's x becomes +y.
    expectNear(link!.position, [0.25, 2.3, 0]);
    expectNear(link!.linearVelocity, [0, 0.5, 0]);
  });

  it("turns universal joints by Ry·Rx and spherical ones by Rx·Ry·Rz", () => {
    const quarter = Math.PI / 2;
    const universal = linkBody({ joint: { kind: "universal", axis: [1, 0, 0], secondAxis: [0, 1, 0] } });
    // Hanging down, Rx(90°) takes the link to −z, then Ry(90°) takes −z to −x.
    expectNear(forwardKinematics(universal, atRest([quarter, quarter]))[1]!.position, [-0.25, 2, 0]);
    const spherical = linkBody({ joint: { kind: "spherical", axis: [1, 0, 0], secondAxis: [0, 1, 0] } });
    // Rz(90°) takes down to +x, Ry(90°) takes +x to −z, Rx(90°) takes −z to +y.
    expectNear(forwardKinematics(spherical, atRest([quarter, quarter, quarter]))[1]!.position, [0, 2.25, 0]);
  });

  it("gives the velocities that positions show over a short time, for every kind of joint", () => {
    const random = new Random(5);
    const dt = 1e-6;
    for (let i = 0; i < 10; i++) {
      const pose = randomPose(menagerie, random);
      const rates = pose.jointVelocities!;
      const v = pose.linearVelocity!;
      const w = pose.angularVelocity!;
      const turn = [...scale(w, dt / 2), 1] as unknown as typeof pose.rotation;
      const later: Pose = {
        position: subtract(pose.position, scale(v, -dt)),
        rotation: multiply(turn, pose.rotation),
        joints: Array.from(pose.joints, (value, k) => value + rates[k]! * dt),
      };
      const before = forwardKinematics(menagerie, pose);
      forwardKinematics(menagerie, later).forEach((after, part) => {
        const { position, rotation, linearVelocity, angularVelocity } = before[part]!;
        expectNear(scale(subtract(after.position, position), 1 / dt), [...linearVelocity], 1e-4);
        const [x, y, z] = multiply(after.rotation, conjugate(rotation));
        expectNear(scale([x, y, z], 2 / dt), [...angularVelocity], 1e-4);
      });
    }
  });
});

describe("a standing pose", () => {
  it("puts the lowest point of every shape on the ground", () => {
    const tilted = (spec: BodySpec["parts"][number]["shape"]): BodySpec => boxBody({ shape: spec });
    // A box on its edge is √2/2 high to its centre; a capsule lies on its radius; a ball too.
    const eighth = [Math.sin(Math.PI / 8), 0, 0, Math.cos(Math.PI / 8)] as const;
    const box = tilted({ kind: "box", center: [0, 5, 0], size: [1, 1, 1], rotation: eighth });
    expectNear(standingPose(box, []).position, [0, Math.SQRT1_2, 0]);
    const capsule = tilted({ kind: "capsule", from: [0, 3, 0], to: [0, 3, 2], radius: 0.1 });
    expectNear(standingPose(capsule, []).position, [0, 0.1, 0]);
    const ball = tilted({ kind: "sphere", center: [9, 9, 9], radius: 0.4 });
    expectNear(standingPose(ball, [], { ground: [1, 2, 3], clearance: 0.5 }).position, [1, 2.9, 3]);
  });

  it("stands on the bent leg, wherever it is turned", () => {
    const pose = standingPose(menagerie, [0, 0, 0, -1, 0, 0, 0], { yaw: 1, ground: [0, 3, 0] });
    expect(kinematicsOf(menagerie).place(pose).lowestPoint()).toBeCloseTo(3, 9);
  });

  it("stands on what a lean brings down", () => {
    // A cube leaning by an eighth of a turn stands on an edge, √2/2 below its centre.
    const lean = axisAngle([1, 0, 0], Math.PI / 4);
    const pose = standingPose(boxBody(), [], { lean, yaw: Math.PI / 2 });
    expectNear(pose.position, [0, Math.SQRT1_2, 0]);
    // First the yaw takes z to x and x to −z, then the lean takes −z up.
    expectNear(rotate(pose.rotation, [0, 0, 1]), [1, 0, 0]);
    expectNear(rotate(pose.rotation, [1, 0, 0]), [0, Math.SQRT1_2, -Math.SQRT1_2]);
  });

  it("leaves a fixed root where it is drawn", () => {
    expectNear(standingPose(linkBody(), [1]).position, [0, 2, 0]);
    const offset = linkBody();
    const parts = [
      { ...offset.parts[0]!, shape: { kind: "sphere", center: [1, 2, 0], radius: 0.05 } as const },
      offset.parts[1]!,
    ];
    // A quarter turn about y takes x to −z.
    const pose = standingPose({ ...offset, parts }, [0], { ground: [0, 0, 5], yaw: Math.PI / 2 });
    expectNear(pose.position, [0, 2, 4]);
    expectNear(pose.rotation, [0, Math.SQRT1_2, 0, Math.SQRT1_2]);
  });
});

describe("joint values", () => {
  it("are named, limited and begun in the order of joints", () => {
    expect(degreesOfFreedom(menagerie)).toBe(7);
    expect(degreeOfFreedomNames(menagerie)).toEqual([
      "hip.x",
      "hip.y",
      "hip.z",
      "knee",
      "shoulder.x",
      "shoulder.y",
      "tail",
    ]);
    expect(jointLimits(menagerie)[3]).toEqual([-2, 1]);
    expect(jointLimits(linkBody())).toEqual([null]);
    const started = { ...menagerie, startPose: { shoulder: [0.1, 0.2], knee: [-0.5] } };
    expect(startJointValues(started)).toEqual([0, 0, 0, -0.5, 0.1, 0.2, 0]);
  });

  it("turn about orthonormal axes, whatever their length in the specification", () => {
    const [x, y, z] = jointAxes({ ...menagerie.joints[2]!, axis: [0, 0, 5], secondAxis: [2, 2, 0] });
    expectNear(x, [0, 0, 1]);
    expectNear(y, [Math.SQRT1_2, Math.SQRT1_2, 0]);
    expectNear(z, [-Math.SQRT1_2, Math.SQRT1_2, 0]);
  });
});
