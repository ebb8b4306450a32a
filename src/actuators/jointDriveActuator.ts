import type { ArticulatedBody } from "../body/articulatedBody.js";
import type { Drive } from "../body/drives.js";
import { drivenMirror, type MirrorMap } from "../body/mirror.js";
import { startJointValues } from "../body/pose.js";
import { degreeOfFreedomNames } from "../body/spec.js";
import { InputError } from "../inputError.js";
import type { ActionSpec } from "../policy/policy.js";
import type { Actuator } from "./actuator.js";

export interface JointDriveOptions {
  readonly name?: string;
  /**
   * What an action of −1 … 1 means for a position drive: the whole way from its lower to its upper limit (`limits`, as
   * in ML-Agents), or an offset of ∓`range` around the start pose (`start`), which keeps an untrained body standing.
   * Default `limits`.
   */
  readonly around?: "limits" | "start";
  /**
   * rad, only with `start`: one for all, which is cut to half the way between a joint's limits so that a stiff joint is
   * not thrown from end to end; or one by the name of each joint value. Default 1.
   */
  readonly range?: number | Readonly<Record<string, number>>;
}

/** One continuous action per position or velocity drive; a velocity target is action × the drive's `maxVelocity`. */
export class JointDriveActuator implements Actuator {
  readonly name: string;
  readonly actionSpec: ActionSpec;
  readonly actionNames: readonly string[];
  private readonly drives: readonly Drive[];
  /** Of the drives in the body's bank. */
  private readonly numbers: readonly number[];
  private readonly starts: readonly number[];
  private readonly centers: Float64Array;
  private readonly ranges: Float64Array;

  constructor(
    private readonly body: ArticulatedBody,
    options: JointDriveOptions = {},
  ) {
    this.name = options.name ?? "drives";
    const names = degreeOfFreedomNames(body.spec);
    const start = startJointValues(body.spec);
    const driven = body.drives.flatMap((drive, i) =>
      drive && drive.spec.kind !== "torque" ? [{ drive, name: names[i]!, start: start[i]! }] : [],
    );
    if (driven.length === 0) {
      throw new InputError(`Body "${body.spec.name}" has no position or velocity drive for actuator "${this.name}".`);
    }
    this.drives = driven.map(({ drive }) => drive);
    this.numbers = this.drives.map((drive) => drive.number);
    this.starts = driven.map((entry) => entry.start);
    this.actionNames = driven.map((entry) => entry.name);
    this.actionSpec = { continuous: driven.length, discrete: [] };
    this.centers = new Float64Array(driven.length);
    this.ranges = new Float64Array(driven.length);
    driven.forEach((entry, i) => {
      const { spec, limit } = entry.drive;
      if (spec.kind === "velocity") {
        this.ranges[i] = spec.maxVelocity;
      } else if (options.around === "start") {
        this.centers[i] = entry.start;
        const { range = 1 } = options;
        const halfWay = limit ? (limit[1] - limit[0]) / 2 : Number.POSITIVE_INFINITY;
        this.ranges[i] = typeof range === "number" ? Math.min(range, halfWay) : (range[entry.name] ?? 1);
      } else {
        if (!limit) {
          throw new InputError(
            `Joint value "${entry.name}" of body "${body.spec.name}" has no limits to map actions to; give it limits, or use around: "start".`,
          );
        }
        this.centers[i] = (limit[0] + limit[1]) / 2;
        this.ranges[i] = (limit[1] - limit[0]) / 2;
      }
    });
  }

  startAction(): readonly number[] {
    return this.starts.map((start, i) =>
      this.drives[i]!.spec.kind === "position" ? (start - this.centers[i]!) / this.ranges[i]! : 0,
    );
  }

  mirror(): MirrorMap {
    return drivenMirror(this.body, this.drives);
  }

  apply(actions: Float32Array, continuousOffset: number): void {
    const { numbers, centers, ranges } = this;
    const { driveBank } = this.body;
    for (let i = 0; i < numbers.length; i++) {
      driveBank.apply(numbers[i]!, centers[i]! + actions[continuousOffset + i]! * ranges[i]!);
    }
  }
}
