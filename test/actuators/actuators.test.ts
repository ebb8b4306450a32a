import { describe, expect, it } from "vitest";
import { DiscreteActuator } from "../../src/actuators/discreteActuator.js";
import { JointDriveActuator } from "../../src/actuators/jointDriveActuator.js";
import { TorqueActuator } from "../../src/actuators/torqueActuator.js";
import type { BodySpec, DriveSpec, JointSpec } from "../../src/body/spec.js";
import { InputError } from "../../src/inputError.js";
import { boxBody, linkBody } from "../support/bodies.js";
import { createBody, run, WEIGHTLESS } from "../support/headlessWorld.js";
import { expectNear } from "../support/near.js";

const torque: DriveSpec = { kind: "torque", maxTorque: 4 };
const spring: DriveSpec = { kind: "position", stiffness: 200, damping: 10, maxTorque: 100 };
const servo: DriveSpec = { kind: "velocity", maxVelocity: 6, maxTorque: 20 };

/** Three links side by side on one base, each on a hinge of its own. */
function fan(joints: readonly Partial<JointSpec>[], startPose: BodySpec["startPose"] = {}): BodySpec {
  const { parts, joints: hinges, ...rest } = linkBody({ center: 0 });
  const names = ["left", "middle", "right"];
  const shape = (x: number) => ({ kind: "box", center: [x, 2, 0], size: [0.1, 0.6, 0.1] }) as const;
  return {
    ...rest,
    parts: [parts[0]!, ...joints.map((_, i) => ({ ...parts[1]!, name: names[i]!, shape: shape(i) }))],
    joints: joints.map((joint, i) => ({
      ...hinges[0]!,
      name: names[i]!,
      child: names[i]!,
      anchor: [i, 2, 0],
      ...joint,
    })),
    startPose,
  };
}

describe("TorqueActuator", () => {
  it("takes the torque drives in the order of joints; action × maxTorque", () => {
    const spec = fan([{ drives: [torque] }, { drives: [spring] }, { drives: [{ kind: "torque", maxTorque: 8 }] }]);
    const { world, body } = createBody(spec, { gravity: WEIGHTLESS });
    const actuator = new TorqueActuator(body);
    expect(actuator.name).toBe("torques");
    expect(actuator.actionNames).toEqual(["left", "right"]);
    expect(actuator.actionSpec).toEqual({ continuous: 2, discrete: [] });
    actuator.apply(Float32Array.of(99, 1, -0.5, 99), 1);
    run(world, body, 5);
    // 4 N·m × 1 and 8 N·m × −0.5 on equal links turn them alike, the other way round.
    expect(body.jointRates[0]).toBeGreaterThan(0.5);
    expect(body.jointRates[2]! / body.jointRates[0]!).toBeCloseTo(-1, 3);
    expect(body.jointRates[1]).toBeCloseTo(0, 5);
  });

  it("refuses a body without such a drive", () => {
    const { body } = createBody(boxBody());
    expect(() => new TorqueActuator(body)).toThrow(
      new InputError('Body "box" has no torque drive for actuator "torques".'),
    );
  });
});

describe("JointDriveActuator", () => {
  const settle = (spec: BodySpec, actions: readonly number[], options = {}) => {
    const { world, body } = createBody(spec, { gravity: WEIGHTLESS });
    new JointDriveActuator(body, options).apply(Float32Array.from([99, ...actions]), 1);
    run(world, body, 360);
    return body;
  };

  it("maps −1 … 1 to the whole way between the limits", () => {
    const spec = fan([
      { drives: [spring], limits: [[-0.5, 1.5]] },
      { drives: [spring], limits: [[-0.5, 1.5]] },
      { drives: [spring], limits: [[-0.2, 0]] },
    ]);
    expectNear(settle(spec, [0, 1, -1]).jointValues, [0.5, 1.5, -0.2], 0.003);
  });

  it("maps it to a range around the start pose, inside of the limits", () => {
    const joints = Array.from({ length: 3 }, () => ({ drives: [spring], limits: [[-0.5, 1.5]] as const }));
    const body = settle(fan(joints, { left: [0.4], right: [1.4] }), [0.5, -1, 1], { around: "start", range: 0.4 });
    expectNear(body.jointValues, [0.6, -0.4, 1.5], 0.003);
  });

  it("knows which action asks for the start pose", () => {
    const limits = [[-0.5, 1.5]] as const;
    const spec = fan([{ drives: [spring], limits }, { drives: [servo] }, { drives: [spring], limits }], {
      left: [0.4],
      right: [1.4],
    });
    const actions = (options = {}) => new JointDriveActuator(createBody(spec).body, options).startAction();
    // From the middle, 0.5, by radians of half the way; a servo's is at rest.
    expectNear(actions(), [-0.1, 0, 0.9], 1e-6);
    expectNear(actions({ around: "start" }), [0, 0, 0]);
  });

  it("cuts one range for all to half the way between a joint's limits, and takes those by name as they are", () => {
    const joints = [
      { drives: [spring], limits: [[-0.2, 0.4]] as const },
      { drives: [spring], limits: [[-2, 2]] as const },
      { drives: [spring] },
    ];
    const { body } = createBody(fan(joints, { left: [0.1] }));
    const targets = (range: number | Record<string, number>, ...actions: number[]) => {
      new JointDriveActuator(body, { around: "start", range }).apply(Float32Array.from(actions), 0);
      return body.drives.map((drive) => drive!.target);
    };
    // Limits 0.6 apart leave 0.3: 0.1 ± 0.3 are the ends. The others have their 0.8.
    expectNear(targets(0.8, 0.5, 0.5, 0.5), [0.25, 0.4, 0.4]);
    expectNear(targets(0.8, -1, -1, -1), [-0.2, -0.8, -0.8]);
    // By name: 0.05 and 1.5 as written, a radian where there is no name.
    expectNear(targets({ left: 0.05, middle: 1.5 }, 1, -1, 1), [0.15, -1.5, 1]);
    // A range beyond the limits is the drive's to cut.
    expectNear(targets({ left: 2 }, 1, 0, 0), [0.4, 0, 0]);
  });

  it("takes a radian around the start, and joints without limits, where nothing else is said", () => {
    expectNear(settle(fan([{ drives: [spring] }]), [0.7], { around: "start" }).jointValues, [0.7], 0.003);
  });

  it("maps it to the speeds of velocity drives", () => {
    const body = settle(fan([{ drives: [servo] }, { drives: [torque] }, { drives: [servo] }]), [0.5, -1]);
    expectNear(body.jointRates, [3, 0, -6], 0.02);
  });

  it("names its actions and its own kind of drives only", () => {
    const kinds = [spring, spring, spring];
    const spec = fan([
      { kind: "spherical", axis: [1, 0, 0], secondAxis: [0, 1, 0], drives: kinds },
      { drives: [torque] },
    ]);
    const { body } = createBody(spec);
    const actuator = new JointDriveActuator(body, { around: "start", name: "legs" });
    expect(actuator.name).toBe("legs");
    expect(actuator.actionNames).toEqual(["left.x", "left.y", "left.z"]);
    expect(actuator.actionSpec).toEqual({ continuous: 3, discrete: [] });
  });

  it("refuses a body without such a drive, and one whose springs have no limits to map to", () => {
    const { body } = createBody(linkBody({ drive: torque }));
    expect(() => new JointDriveActuator(body)).toThrow(
      new InputError('Body "link" has no position or velocity drive for actuator "drives".'),
    );
    const { body: free } = createBody(linkBody({ drive: spring }));
    expect(() => new JointDriveActuator(free)).toThrow(
      new InputError(
        'Joint value "joint" of body "link" has no limits to map actions to; give it limits, or use around: "start".',
      ),
    );
  });
});

describe("DiscreteActuator", () => {
  it("hands its own branches over", () => {
    const seen: number[][] = [];
    const branches = [
      { name: "gear", options: 3 },
      { name: "horn", options: 2 },
    ];
    const actuator = new DiscreteActuator(branches, (choices) => seen.push([...choices]));
    expect(actuator.actionSpec).toEqual({ continuous: 0, discrete: [3, 2] });
    expect(actuator.actionNames).toEqual(["gear", "horn"]);
    actuator.apply(Float32Array.of(0.5, 9, 2, 1), 1, 2);
    expect(seen).toEqual([[2, 1]]);
  });
});
