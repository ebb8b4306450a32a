import type { HavokPhysicsWithBindings } from "@babylonjs/havok";
import type { ConstraintAxis, ConstraintHandle } from "./engineCalls.js";
import type { EngineMemory } from "./engineMemory.js";

/** One axis of a constraint. */
export interface MotorAxis {
  readonly constraint: ConstraintHandle;
  readonly axis: ConstraintAxis;
}

export interface EngineMotors {
  /** rad/s (m/s) of a velocity motor. */
  setTarget(motor: number, target: number): void;
  /** rad (m) of a spring. */
  setPositionTarget(motor: number, target: number): void;
  /** N·m (N) */
  setMaxForce(motor: number, force: number): void;
  /** To be called when the constraints are gone. */
  dispose(): void;
}

/** By the documented functions. */
export class BoundMotors implements EngineMotors {
  constructor(
    private readonly havok: HavokPhysicsWithBindings,
    private readonly axes: readonly MotorAxis[],
  ) {}

  setTarget(motor: number, target: number): void {
    const { constraint, axis } = this.axes[motor]!;
    this.havok.HP_Constraint_SetAxisMotorTarget(constraint, axis, target);
  }

  setPositionTarget(motor: number, target: number): void {
    const { constraint, axis } = this.axes[motor]!;
    this.havok.HP_Constraint_SetAxisMotorPositionTarget(constraint, axis, target);
  }

  setMaxForce(motor: number, force: number): void {
    const { constraint, axis } = this.axes[motor]!;
    this.havok.HP_Constraint_SetAxisMotorMaxForce(constraint, axis, force);
  }

  dispose(): void {}
}

/** The functions as WebAssembly has them. */
export interface MotorExports {
  _HP_Constraint_SetAxisMotorTarget(constraint: bigint, axis: number, target: number): number;
  _HP_Constraint_SetAxisMotorPositionTarget(constraint: bigint, axis: number, target: number): number;
  _HP_Constraint_SetAxisMotorMaxForce(constraint: bigint, axis: number, force: number): number;
}

// Layout of the engine's memory, in 32-bit words. A constraint's record holds what its axes were told, and for each axis
// of rotation how far away, in bytes, the record of its motor is, where the solver looks. None of it is documented: what
// a function writes is compared with it, for each motor, before anything is written past the functions.
const MAX_FORCE = 344;
const POSITION_TARGET = 350;
const MOTOR_DISTANCE = 84;
const FIRST_ROTATION = 3;
const MOTOR_MAX_FORCE = 5;
const MOTOR_POSITION_TARGET = 16;

/** Instead of a word's address, which is neither. */
const UNKNOWN = 0;
const BY_FUNCTION = -1;

/**
 * Writes into the motors' records where they are as known, and calls the functions where they are not. Those go through
 * several records that lie far apart; one store costs a quarter of that. What the documented functions then say of the
 * target and the force is out of date.
 */
export class DirectMotors implements EngineMotors {
  private readonly constraints: readonly bigint[];
  private readonly axes: readonly number[];
  /** Where the solver finds each motor's target and force. They stay there while the motor's type stays. */
  private readonly positionTargets: Int32Array;
  private readonly maxForces: Int32Array;

  constructor(
    private readonly exports: MotorExports,
    private readonly memory: EngineMemory,
    axes: readonly { readonly constraint: bigint; readonly axis: number }[],
  ) {
    this.constraints = axes.map(({ constraint }) => constraint);
    this.axes = axes.map(({ axis }) => axis);
    const words = Int32Array.from(this.axes, (axis) => (axis < FIRST_ROTATION ? BY_FUNCTION : UNKNOWN));
    this.positionTargets = words;
    this.maxForces = words.slice();
  }

  setTarget(motor: number, target: number): void {
    this.exports._HP_Constraint_SetAxisMotorTarget(this.constraints[motor]!, this.axes[motor]!, target);
  }

  setPositionTarget(motor: number, target: number): void {
    const { memory, positionTargets } = this;
    const word = positionTargets[motor]!;
    if (word > 0) {
      memory.refresh();
      memory.floats[word] = target;
      return;
    }
    const set = (value: number) =>
      this.exports._HP_Constraint_SetAxisMotorPositionTarget(this.constraints[motor]!, this.axes[motor]!, value);
    if (word === UNKNOWN) positionTargets[motor] = this.find(motor, set, POSITION_TARGET, MOTOR_POSITION_TARGET);
    set(target);
  }

  setMaxForce(motor: number, force: number): void {
    const { memory, maxForces } = this;
    const word = maxForces[motor]!;
    if (word > 0) {
      memory.refresh();
      memory.floats[word - 1] = -force;
      memory.floats[word] = force;
      return;
    }
    const set = (value: number) =>
      this.exports._HP_Constraint_SetAxisMotorMaxForce(this.constraints[motor]!, this.axes[motor]!, value);
    if (word === UNKNOWN) {
      const found = this.find(motor, set, MAX_FORCE, MOTOR_MAX_FORCE);
      // Before the strongest force forwards is the strongest one backwards.
      const signed = found > 0 && memory.floats[found - 1] === -memory.floats[found]!;
      maxForces[motor] = signed ? found : BY_FUNCTION;
    }
    set(force);
  }

  dispose(): void {
    // The records are somebody else's from now on.
    this.positionTargets.fill(BY_FUNCTION);
    this.maxForces.fill(BY_FUNCTION);
  }

  /** The address of the word in the motor's record in which values appear that the function sets. */
  private find(motor: number, set: (value: number) => number, inConstraint: number, inMotor: number): number {
    const { memory } = this;
    const axis = this.axes[motor]!;
    const constraint = Number(this.constraints[motor]!) >> 2;
    const distance = constraint + MOTOR_DISTANCE + 2 * (axis - FIRST_ROTATION);
    let word = BY_FUNCTION;
    for (const value of [0.125, 1.5]) {
      set(value);
      memory.refresh();
      const place = distance + (memory.ints[distance]! >> 2) + inMotor;
      const found = memory.floats[constraint + inConstraint + axis] === value && memory.floats[place] === value;
      if (!found) return BY_FUNCTION;
      word = place;
    }
    return word;
  }
}
