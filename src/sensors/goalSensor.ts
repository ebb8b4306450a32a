import type { ArticulatedBody } from "../body/articulatedBody.js";
import { type MirrorMap, oppositeOf, signsOnly } from "../body/mirror.js";
import { InputError } from "../inputError.js";
import { angleToTarget, type OrientationCube } from "./orientationCube.js";
import type { Sensor } from "./sensor.js";

/** What ML-Agents' walkers see of their goal, in the frame of the orientation cube where nothing else is said. */
export type GoalQuantity =
  /** How far the mean velocity of all parts is from the wanted one, m/s. */
  | "velocityDistance"
  /** Mean velocity of all parts, each counting the same, m/s. */
  | "averageVelocity"
  /** The wanted velocity, m/s: straight ahead at the command's `forward`. */
  | "goalVelocity"
  /** The target as seen from the root, m; zeros where there is none. */
  | "targetPosition"
  /** The shortest rotation from a part's +z axis to the cube's, in the world, x y z w. */
  | "rotationToGoal"
  /** Angle of the rotation between the cube and the root, as a share of π. */
  | "headingAngle";

/** Signs of the numbers of each when they are seen in the mirror; as many as there are numbers. */
const SIGNS: Readonly<Record<GoalQuantity, readonly number[]>> = {
  velocityDistance: [1],
  averageVelocity: [-1, 1, 1],
  goalVelocity: [-1, 1, 1],
  targetPosition: [-1, 1, 1],
  rotationToGoal: [1, -1, -1, 1],
  headingAngle: [1],
};

/** Writes the plain mean of all parts' velocities, m/s in the world. */
export function meanVelocity({ linearVelocities: v }: ArticulatedBody, out: Float64Array): void {
  out.fill(0);
  for (let i = 0; i < v.length; i++) out[i % 3]! += (3 * v[i]!) / v.length;
}

/** One quantity about the goal, as a block of its own; see {@link GoalQuantity}. */
export class GoalSensor implements Sensor {
  readonly size: number;
  private readonly part: number;
  private readonly mean = new Float64Array(3);

  /** @param part whose `rotationToGoal` it is, by default the root's */
  constructor(
    private readonly cube: OrientationCube,
    private readonly quantity: GoalQuantity,
    readonly name: string = quantity,
    part?: string,
  ) {
    this.size = SIGNS[quantity].length;
    this.part = part === undefined ? 0 : cube.body.partIndex(part);
  }

  /** @throws InputError for the rotation of a part that is not in the middle */
  mirror(): MirrorMap {
    const { spec } = this.cube.body;
    const { name } = spec.parts[this.part]!;
    const other = oppositeOf(spec, name);
    if (this.quantity === "rotationToGoal" && other !== name) {
      throw new InputError(
        `Sensor "${this.name}" has no mirror image: it looks from part "${name}", whose mirror image is "${other}"; allowed is a part in the middle.`,
      );
    }
    return signsOnly(...SIGNS[this.quantity]);
  }

  write(out: Float32Array, offset: number): void {
    const { cube, mean, part } = this;
    const { body, command } = cube;
    cube.update();
    switch (this.quantity) {
      case "velocityDistance":
        meanVelocity(body, mean);
        out[offset] = Math.hypot(
          mean[0]! - command.forward * cube.sin,
          mean[1]!,
          mean[2]! - command.forward * cube.cos,
        );
        return;
      case "averageVelocity":
        meanVelocity(body, mean);
        cube.writeVector(mean[0]!, mean[1]!, mean[2]!, out, offset);
        return;
      case "goalVelocity":
        out[offset] = 0;
        out[offset + 1] = 0;
        out[offset + 2] = command.forward;
        return;
      case "targetPosition": {
        const { positions: p } = body;
        const [x, y, z] = command.target ?? (p as unknown as readonly [number, number, number]);
        cube.writeVector(x - p[0]!, y - p[1]!, z - p[2]!, out, offset);
        return;
      }
      case "rotationToGoal":
        cube.writeRotationToGoal(part, out, offset);
        return;
      case "headingAngle":
        out[offset] = angleToTarget(body, command) / Math.PI;
    }
  }
}
