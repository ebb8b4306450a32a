import type { ArticulatedBody } from "../body/articulatedBody.js";
import type { AngleTarget } from "../body/configurableJoint.js";
import { type Drive, drivesOfJoint } from "../body/drives.js";
import { drivenMirror, joinMirrors, type MirrorMap, oppositeOf } from "../body/mirror.js";
import { degreeOfFreedomNames } from "../body/spec.js";
import { InputError } from "../inputError.js";
import type { ActionSpec } from "../policy/policy.js";
import type { Actuator } from "./actuator.js";

export interface StrengthDriveOptions {
  readonly name?: string;
  /** Joint values in the order of their actions. */
  readonly targets: readonly AngleTarget[];
  /** Joints in the order of the actions that follow, one each. */
  readonly strengths: readonly string[];
}

/**
 * Position drives as ML-Agents' `JointDriveController` has them: first a target for each joint value, −1 … 1 for the
 * whole way from its lower to its upper limit (for a reversed one from the upper to the lower); then a strength for each
 * joint, −1 … 1 for none to all of the `maxTorque` of its drives.
 */
export class StrengthDriveActuator implements Actuator {
  readonly name: string;
  readonly actionSpec: ActionSpec;
  readonly actionNames: readonly string[];
  private readonly targets: readonly Drive[];
  private readonly centers: readonly number[];
  private readonly ranges: readonly number[];
  private readonly starts: readonly number[];
  /** Numbers of the targets' drives in the body's bank. */
  private readonly targetNumbers: readonly number[];
  /** The joint of each strength, and the numbers of its drives. */
  private readonly strengths: readonly string[];
  private readonly strengthNumbers: readonly (readonly number[])[];

  /** @throws InputError for a joint or joint value that the body does not have, or that has no position drive or limit. */
  constructor(
    private readonly body: ArticulatedBody,
    { name = "drives", targets, strengths }: StrengthDriveOptions,
  ) {
    this.name = name;
    const names = degreeOfFreedomNames(body.spec);
    this.targets = targets.map(({ value }) => {
      const drive = body.drives[names.indexOf(value)];
      if (drive?.spec.kind === "position" && drive.limit) return drive;
      throw new InputError(
        `Actuator "${name}": body "${body.spec.name}" has no joint value "${value}" with a position drive and limits.`,
      );
    });
    this.centers = this.targets.map(({ limit }) => (limit![0] + limit![1]) / 2);
    this.ranges = this.targets.map(({ limit }, i) => ((targets[i]!.reversed ? -1 : 1) * (limit![1] - limit![0])) / 2);
    this.starts = targets.map(({ value }) => body.startValues[names.indexOf(value)]!);
    this.strengths = strengths;
    this.targetNumbers = this.targets.map((drive) => drive.number);
    this.strengthNumbers = strengths.map((joint) => drivesOfJoint(body, joint).map((drive) => drive.number));
    this.actionNames = [...targets.map((target) => target.name), ...strengths.map((joint) => `${joint}.strength`)];
    this.actionSpec = { continuous: this.actionNames.length, discrete: [] };
  }

  /** At the middle strength. */
  startAction(): readonly number[] {
    const targets = this.starts.map((start, i) => (start - this.centers[i]!) / this.ranges[i]!);
    return [...targets, ...this.strengths.map(() => 0)];
  }

  mirror(): MirrorMap {
    const { body, targets, ranges, strengths } = this;
    const driven = drivenMirror(body, targets);
    // A reversed target says the opposite of its joint value.
    const signs = driven.signs.map((sign, i) => sign * Math.sign(ranges[i]! * ranges[driven.sources[i]!]!));
    // A joint lies opposite that of the part on the other side.
    const children = strengths.map((name) => body.spec.joints.find((joint) => joint.name === name)!.child);
    const sources = children.map((child) => children.indexOf(oppositeOf(body.spec, child)));
    return joinMirrors([
      { sources: driven.sources, signs },
      { sources, signs: sources.map(() => 1) },
    ]);
  }

  apply(actions: Float32Array, continuousOffset: number): void {
    const { targetNumbers, centers, ranges, strengthNumbers } = this;
    const { driveBank } = this.body;
    let at = continuousOffset;
    for (let i = 0; i < targetNumbers.length; i++) {
      driveBank.apply(targetNumbers[i]!, centers[i]! + actions[at++]! * ranges[i]!);
    }
    for (const numbers of strengthNumbers) {
      const share = (actions[at++]! + 1) / 2;
      for (let i = 0; i < numbers.length; i++) driveBank.limitTorque(numbers[i]!, share);
    }
  }
}
