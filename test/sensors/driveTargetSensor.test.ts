import { expect, it } from "vitest";
import type { BodySpec, DriveSpec } from "../../src/body/spec.js";
import { DriveTargetSensor } from "../../src/sensors/driveTargetSensor.js";
import { linkBody } from "../support/bodies.js";
import { createBody } from "../support/headlessWorld.js";
import { expectNear } from "../support/near.js";
import { written } from "../support/sensors.js";

/** A chain of links, one hinge each with limits of ±0.6 rad; without a drive where there is null. */
function chain(drives: readonly (DriveSpec | null)[]): BodySpec {
  const { parts, joints, ...rest } = linkBody();
  return {
    ...rest,
    parts: [parts[0]!, ...drives.map((_, i) => ({ ...parts[1]!, name: `link${i}` }))],
    joints: drives.map((drive, i) => ({
      ...joints[0]!,
      name: `joint${i}`,
      child: `link${i}`,
      limits: [[-0.6, 0.6]],
      ...(drive ? { drives: [drive] } : {}),
    })),
  };
}

it("shows what each drive was last told, as its limits have cut it; passive joints have nothing to show", () => {
  const { body } = createBody(
    chain([
      { kind: "torque", maxTorque: 4 },
      null,
      { kind: "position", stiffness: 100, damping: 5, maxTorque: 20 },
      { kind: "velocity", maxVelocity: 2, maxTorque: 20 },
    ]),
  );
  const sensor = new DriveTargetSensor(body);
  expect([sensor.name, sensor.size]).toEqual(["drive-targets", 3]);
  expect(new DriveTargetSensor(body, "mine").name).toBe("mine");
  const tell = (...controls: number[]) => {
    for (const [i, drive] of [0, 2, 3].entries()) body.drives[drive]!.apply(controls[i]!);
  };
  tell(-1.5, 0.25, 1);
  expectNear(written(sensor), [-1.5, 0.25, 1]);
  tell(9, -1, -7);
  expectNear(written(sensor), [4, -0.6, -2], 1e-6);
  // A new episode: no torque, no speed, and to stay where the joint is.
  body.reset({ ...body.startPose(), joints: [0.1, 0.2, 0.3, 0.4] });
  expectNear(written(sensor), [0, 0.3, 0], 1e-4);
});
