import type { ArticulatedBody } from "../body/articulatedBody.js";
import type { Drive } from "../body/drives.js";
import { drivenMirror, type MirrorMap } from "../body/mirror.js";
import { degreeOfFreedomNames } from "../body/spec.js";
import { InputError } from "../inputError.js";
import type { ActionSpec } from "../policy/policy.js";
import type { Actuator } from "./actuator.js";

/** One continuous action per torque drive: torque = action × the drive's `maxTorque`. */
export class TorqueActuator implements Actuator {
  readonly actionSpec: ActionSpec;
  readonly actionNames: readonly string[];
  private readonly drives: readonly Drive[];
  /** Of the drives in the body's bank. */
  private readonly numbers: readonly number[];
  private readonly maxTorques: readonly number[];

  constructor(
    private readonly body: ArticulatedBody,
    readonly name = "torques",
  ) {
    const names = degreeOfFreedomNames(body.spec);
    const driven = body.drives.flatMap((drive, i) =>
      drive?.spec.kind === "torque" ? [{ drive, name: names[i]! }] : [],
    );
    if (driven.length === 0)
      throw new InputError(`Body "${body.spec.name}" has no torque drive for actuator "${name}".`);
    this.drives = driven.map(({ drive }) => drive);
    this.numbers = this.drives.map((drive) => drive.number);
    this.maxTorques = this.drives.map((drive) => drive.spec.maxTorque);
    this.actionNames = driven.map((entry) => entry.name);
    this.actionSpec = { continuous: driven.length, discrete: [] };
  }

  mirror(): MirrorMap {
    return drivenMirror(this.body, this.drives);
  }

  apply(actions: Float32Array, continuousOffset: number): void {
    const { numbers, maxTorques } = this;
    const { driveBank } = this.body;
    for (let i = 0; i < numbers.length; i++) {
      driveBank.apply(numbers[i]!, actions[continuousOffset + i]! * maxTorques[i]!);
    }
  }
}
