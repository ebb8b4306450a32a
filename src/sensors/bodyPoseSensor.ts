import type { OrientationCube } from "./orientationCube.js";
import type { Sensor } from "./sensor.js";

/**
 * ML-Agents' `RigidBodySensorComponent` with the orientation cube as its virtual root, and model-space translations,
 * rotations and linear velocities and local-space rotations switched on: for all parts, in the body's order, place and
 * rotation in the frame of the cube; then velocities (m/s) in it; then rotations against the part that each hangs on, for
 * the root once more against the cube. Quaternions are x y z w.
 */
export class BodyPoseSensor implements Sensor {
  readonly size: number;
  /** Number of the part that each part hangs on; −1 for the root. */
  private readonly parents: readonly number[];

  constructor(
    private readonly cube: OrientationCube,
    readonly name: string,
  ) {
    const { parts, joints } = cube.body.spec;
    this.parents = parts.map((part) => {
      const joint = joints.find(({ child }) => child === part.name);
      return joint ? cube.body.partIndex(joint.parent) : -1;
    });
    this.size = parts.length * (3 + 4 + 3 + 4);
  }

  write(out: Float32Array, offset: number): void {
    const { cube, parents } = this;
    const { linearVelocities: v } = cube.body;
    cube.update();
    let at = offset;
    for (let part = 0; part < parents.length; part++, at += 7) {
      cube.writePosition(part, out, at);
      cube.writeRotation(part, out, at + 3);
    }
    for (let i = 0; i < v.length; i += 3, at += 3) cube.writeVector(v[i]!, v[i + 1]!, v[i + 2]!, out, at);
    for (let part = 0; part < parents.length; part++, at += 4) {
      if (parents[part]! < 0) cube.writeRotation(part, out, at);
      else cube.writeRelativeRotation(part, parents[part]!, out, at);
    }
  }
}
