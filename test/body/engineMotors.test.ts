import type { HavokPhysicsWithBindings } from "@babylonjs/havok";
import { describe, expect, it } from "vitest";
import { ArticulatedBody } from "../../src/body/articulatedBody.js";
import { type ConstraintHandle, numberOf } from "../../src/body/engineCalls.js";
import { EngineMemory } from "../../src/body/engineMemory.js";
import { DirectMotors, type MotorExports } from "../../src/body/engineMotors.js";
import { linkBody } from "../support/bodies.js";
import { createWorld, havok } from "../support/headlessWorld.js";

const { ConstraintAxis, ConstraintAxisLimitMode, ConstraintMotorType } = havok;

/** A link that hangs still, with a spring of our own on its hinge, and how often the engine's functions are called. */
function spring(memory: Pick<EngineMemory, "floats" | "ints" | "refresh"> = new EngineMemory(havok)) {
  const world = createWorld();
  const body = new ArticulatedBody(world, linkBody());
  const constraint = (body as unknown as { jointHandles: readonly ConstraintHandle[] }).jointHandles[0]!;
  const axis = ConstraintAxis.ANGULAR_X;
  havok.HP_Constraint_SetAxisMode(constraint, axis, ConstraintAxisLimitMode.FREE);
  havok.HP_Constraint_SetAxisMotorType(constraint, axis, ConstraintMotorType.SPRING_FORCE);
  havok.HP_Constraint_SetAxisMotorStiffness(constraint, axis, 500);
  havok.HP_Constraint_SetAxisMotorDamping(constraint, axis, 50);
  const calls = { target: 0, position: 0, force: 0 };
  const engine = havok as HavokPhysicsWithBindings & MotorExports;
  const counted: MotorExports = {
    _HP_Constraint_SetAxisMotorTarget: (...of) => {
      calls.target++;
      return engine._HP_Constraint_SetAxisMotorTarget(...of);
    },
    _HP_Constraint_SetAxisMotorPositionTarget: (...of) => {
      calls.position++;
      return engine._HP_Constraint_SetAxisMotorPositionTarget(...of);
    },
    _HP_Constraint_SetAxisMotorMaxForce: (...of) => {
      calls.force++;
      return engine._HP_Constraint_SetAxisMotorMaxForce(...of);
    },
  };
  const motors = new DirectMotors(counted, memory as EngineMemory, [
    { constraint: constraint[0] as unknown as bigint, axis: numberOf(axis) },
  ]);
  /** Where the joint comes to rest, rad. */
  const settle = () => {
    for (let step = 0; step < 120; step++) world.step();
    body.readState();
    return body.jointValues[0]!;
  };
  return { motors, calls, settle };
}

describe("DirectMotors", () => {
  it("go past the functions from the second time on, and the solver follows", () => {
    const { motors, calls, settle } = spring();
    motors.setMaxForce(0, 100);
    motors.setPositionTarget(0, 0.3);
    expect(settle()).toBeCloseTo(0.3, 1);
    const { position, force } = calls;
    expect(position).toBeGreaterThan(0);
    motors.setPositionTarget(0, -0.6);
    expect(settle()).toBeCloseTo(-0.6, 1);
    // Without any force it swings away.
    motors.setMaxForce(0, 0);
    expect(settle()).not.toBeCloseTo(-0.6, 1);
    motors.setMaxForce(0, 100);
    expect(settle()).toBeCloseTo(-0.6, 1);
    expect(calls).toEqual({ target: 0, position, force });
  });

  it("keep to the functions where the memory is not as known", () => {
    const nothing = { floats: new Float32Array(1e6), ints: new Int32Array(1e6), refresh: () => {} };
    const { motors, calls, settle } = spring(nothing);
    motors.setMaxForce(0, 100);
    for (const target of [0.3, -0.6]) {
      motors.setPositionTarget(0, target);
      expect(settle()).toBeCloseTo(target, 1);
    }
    // Two to find out, and one for each that was asked for.
    expect(calls).toEqual({ target: 0, position: 3, force: 2 });
    expect(nothing.floats.every((value) => value === 0)).toBe(true);
  });

  it("leave the memory alone when they are disposed of", () => {
    const { motors, calls } = spring();
    motors.setPositionTarget(0, 0.3);
    motors.dispose();
    const { position } = calls;
    motors.setPositionTarget(0, 0.4);
    expect(calls.position).toBe(position + 1);
  });
});
