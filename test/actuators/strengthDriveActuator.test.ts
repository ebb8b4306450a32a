import { describe, expect, it } from "vitest";
import { StrengthDriveActuator } from "../../src/actuators/strengthDriveActuator.js";
import type { DriveSpec } from "../../src/body/spec.js";
import { InputError } from "../../src/inputError.js";
import { linkBody } from "../support/bodies.js";
import { createBody, run, WEIGHTLESS } from "../support/headlessWorld.js";

const spring: DriveSpec = { kind: "position", stiffness: 200, damping: 10, maxTorque: 20 };
const target = { name: "joint.x", value: "joint", reversed: false };

function setUp(reversed = false) {
  const { world, body } = createBody(linkBody({ center: 0, drive: spring, limit: [-0.5, 1.5] }), {
    gravity: WEIGHTLESS,
  });
  const actuator = new StrengthDriveActuator(body, { targets: [{ ...target, reversed }], strengths: ["joint"] });
  return { world, body, actuator, drive: body.drives[0]! };
}

describe("StrengthDriveActuator", () => {
  it("takes targets from limit to limit, then strengths; a reversed value the other way round", () => {
    const { actuator, drive } = setUp();
    expect(actuator.actionNames).toEqual(["joint.x", "joint.strength"]);
    expect(actuator.actionSpec).toEqual({ continuous: 2, discrete: [] });
    const told = (...action: [number, number]) => {
      actuator.apply(Float32Array.of(99, ...action, 99), 1);
      return [drive.target, drive.share];
    };
    expect(told(-1, -1)).toEqual([-0.5, 0]);
    expect(told(0.5, 0)).toEqual([1, 0.5]);
    expect(told(1, 1)).toEqual([1.5, 1]);
    const other = setUp(true);
    other.actuator.apply(Float32Array.of(0.5, 0), 0);
    expect(other.drive.target).toBe(0);
  });

  it("asks for the start pose, at half its strength", () => {
    for (const reversed of [false, true]) {
      const { actuator, drive, body } = setUp(reversed);
      // 0 lies a quarter of the way from −0.5 to 1.5.
      expect(actuator.startAction()).toEqual([reversed ? 0.5 : -0.5, 0]);
      actuator.apply(Float32Array.from(actuator.startAction()), 0);
      expect([drive.target, drive.share]).toEqual([body.startValues[0], 0.5]);
    }
  });

  it("cuts the torque at the share allowed, until the body is reset", () => {
    const { world, body, actuator, drive } = setUp();
    /** rad/s after five steps towards a target that the spring would give all its torque for. */
    const speed = () => {
      run(world, body, 5);
      return body.jointRates[0]!;
    };
    actuator.apply(Float32Array.of(1, -0.5), 0);
    expect(drive.torque(0, 0)).toBe(5);
    const quarter = speed();
    body.reset(body.startPose());
    expect(drive.share).toBe(0);
    actuator.apply(Float32Array.of(1, 1), 0);
    expect(drive.torque(0, 0)).toBe(20);
    expect(speed() / quarter).toBeCloseTo(4, 0);
    body.reset(body.startPose());
    actuator.apply(Float32Array.of(1, -1), 0);
    expect(speed()).toBeCloseTo(0, 6);
    // Nobody has said how strong it may be: as strong as it is.
    body.reset(body.startPose());
    drive.apply(1.5);
    expect(drive.torque(0, 0)).toBe(20);
    expect(speed() / quarter).toBeCloseTo(4, 0);
  });

  it("is a share of what a body has whose strength is scaled", () => {
    const { actuator, drive } = setUp();
    drive.scaleStrength(0.5);
    actuator.apply(Float32Array.of(1, 0), 0);
    expect(drive.torque(0, 0)).toBe(5);
  });

  it("refuses joints that it cannot drive so", () => {
    const { body } = setUp();
    const make = (value: string, strength: string) => () =>
      new StrengthDriveActuator(body, { targets: [{ ...target, value }], strengths: [strength] });
    expect(make("elbow", "joint")).toThrow(
      new InputError('Actuator "drives": body "link" has no joint value "elbow" with a position drive and limits.'),
    );
    expect(make("joint", "elbow")).toThrow(new InputError('Body "link" has no joint "elbow" with drives.'));
    const free = createBody(linkBody({ drive: spring })).body;
    expect(() => new StrengthDriveActuator(free, { targets: [target], strengths: [] })).toThrow(InputError);
  });
});
