import type { HavokPhysicsWithBindings } from "@babylonjs/havok";
import { EngineMemory } from "./engineMemory.js";
import { BoundMotors, DirectMotors, type EngineMotors, type MotorAxis, type MotorExports } from "./engineMotors.js";

export type WorldHandle = Parameters<HavokPhysicsWithBindings["HP_World_Step"]>[0];
export type BodyHandle = Parameters<HavokPhysicsWithBindings["HP_Body_Release"]>[0];
export type ConstraintHandle = Parameters<HavokPhysicsWithBindings["HP_Constraint_SetEnabled"]>[0];
export type ConstraintAxis = Parameters<HavokPhysicsWithBindings["HP_Constraint_SetAxisMode"]>[1];

/** Where parts are and how they move; rows belong to parts, as in `PartArrays`. */
export interface PartRows {
  readonly positions: Float64Array;
  readonly rotations: Float64Array;
  readonly linearVelocities: Float64Array;
  readonly angularVelocities: Float64Array;
}

/** The engine's functions that steps, decisions and resets call again and again. */
export interface EngineCalls {
  /** @param ideal seconds of a step with four microsteps @param dt seconds of this one */
  step(world: WorldHandle, ideal: number, dt: number): void;
  /** Where the records of the world's bodies begin, in bytes. */
  bodyBuffer(world: WorldHandle): number;
  bodyCount(world: WorldHandle): number;
  addBody(world: WorldHandle, body: BodyHandle): void;
  removeBody(world: WorldHandle, body: BodyHandle): void;
  /** Gives a body the transform and the velocities of a row. */
  setState(body: BodyHandle, rows: PartRows, row: number): void;
  /** The motors of these axes, which are called by their number in the list. */
  motors(axes: readonly MotorAxis[]): EngineMotors;
}

const known = new WeakMap<HavokPhysicsWithBindings, EngineCalls>();

/** The quickest calls that work with this instance of the engine. */
export function engineCalls(havok: HavokPhysicsWithBindings): EngineCalls {
  let calls = known.get(havok);
  if (!calls) {
    calls = directCalls(havok) ?? new BoundCalls(havok);
    known.set(havok, calls);
  }
  return calls;
}

/** By the documented functions. Their bindings turn every handle and vector into an object in the engine's memory. */
export class BoundCalls implements EngineCalls {
  constructor(private readonly havok: HavokPhysicsWithBindings) {}

  step(world: WorldHandle, ideal: number, dt: number): void {
    this.havok.HP_World_SetIdealStepTime(world, ideal);
    this.havok.HP_World_Step(world, dt);
  }

  bodyBuffer(world: WorldHandle): number {
    return this.havok.HP_World_GetBodyBuffer(world)[1];
  }

  bodyCount(world: WorldHandle): number {
    return this.havok.HP_World_GetNumBodies(world)[1];
  }

  addBody(world: WorldHandle, body: BodyHandle): void {
    this.havok.HP_World_AddBody(world, body, false);
  }

  removeBody(world: WorldHandle, body: BodyHandle): void {
    this.havok.HP_World_RemoveBody(world, body);
  }

  setState(body: BodyHandle, rows: PartRows, row: number): void {
    const { positions: p, rotations: q, linearVelocities: v, angularVelocities: w } = rows;
    const i = row * 3;
    const j = row * 4;
    this.havok.HP_Body_SetQTransform(body, [
      [p[i]!, p[i + 1]!, p[i + 2]!],
      [q[j]!, q[j + 1]!, q[j + 2]!, q[j + 3]!],
    ]);
    this.havok.HP_Body_SetLinearVelocity(body, [v[i]!, v[i + 1]!, v[i + 2]!]);
    this.havok.HP_Body_SetAngularVelocity(body, [w[i]!, w[i + 1]!, w[i + 2]!]);
  }

  motors(axes: readonly MotorAxis[]): EngineMotors {
    return new BoundMotors(this.havok, axes);
  }
}

/**
 * What the module exports beside the documented functions: the same ones as WebAssembly has them, with handles and
 * enumerations as numbers, and vectors and results by their address.
 */
interface DirectExports extends MotorExports {
  _malloc(bytes: number): number | bigint;
  _HP_World_SetIdealStepTime(world: bigint, seconds: number): number;
  _HP_World_Step(world: bigint, seconds: number): number;
  _HP_World_GetBodyBuffer(world: bigint, addressOut: number): number;
  _HP_World_GetNumBodies(world: bigint, countOut: number): number;
  _HP_World_AddBody(world: bigint, body: bigint, startAsleep: number): number;
  _HP_World_RemoveBody(world: bigint, body: bigint): number;
  _HP_Body_SetQTransform(body: bigint, transform: number): number;
  _HP_Body_SetLinearVelocity(body: bigint, velocity: number): number;
  _HP_Body_SetAngularVelocity(body: bigint, velocity: number): number;
}

const DIRECT_EXPORTS = [
  "_malloc",
  "_HP_World_SetIdealStepTime",
  "_HP_World_Step",
  "_HP_World_GetBodyBuffer",
  "_HP_World_GetNumBodies",
  "_HP_World_AddBody",
  "_HP_World_RemoveBody",
  "_HP_Body_SetQTransform",
  "_HP_Body_SetLinearVelocity",
  "_HP_Body_SetAngularVelocity",
  "_HP_Constraint_SetAxisMotorTarget",
  "_HP_Constraint_SetAxisMotorPositionTarget",
  "_HP_Constraint_SetAxisMotorMaxForce",
] as const satisfies readonly (keyof DirectExports)[];

/** Past the bindings, several times faster; null where this build of the engine is not the one that is known. */
export function directCalls(havok: HavokPhysicsWithBindings): EngineCalls | null {
  const engine = havok as HavokPhysicsWithBindings & DirectExports;
  if (!DIRECT_EXPORTS.every((name) => typeof engine[name] === "function")) return null;
  // Room for what is handed over by its address; one for each instance of the engine, for good.
  const room = Number(engine._malloc(8 * 4));
  if (!agreesWithBindings(havok, new DirectCalls(engine, room))) return null;
  // At its first call, each export has made way for WebAssembly's own function; only now these can be kept.
  return new DirectCalls(engine, room);
}

class DirectCalls implements EngineCalls {
  /** The exports, out of an object so large that each look at it would take longer than most of the calls. */
  private readonly exports: DirectExports;
  private readonly word: number;
  private readonly memory: EngineMemory;

  constructor(
    engine: DirectExports & HavokPhysicsWithBindings,
    private readonly room: number,
  ) {
    this.word = room >> 2;
    this.memory = new EngineMemory(engine);
    this.exports = Object.fromEntries(DIRECT_EXPORTS.map((name) => [name, engine[name]])) as unknown as DirectExports;
  }

  step([world]: WorldHandle, ideal: number, dt: number): void {
    this.exports._HP_World_SetIdealStepTime(world, ideal);
    this.exports._HP_World_Step(world, dt);
  }

  bodyBuffer(world: WorldHandle): number {
    this.exports._HP_World_GetBodyBuffer(world[0], this.room);
    return this.result();
  }

  bodyCount(world: WorldHandle): number {
    this.exports._HP_World_GetNumBodies(world[0], this.room);
    return this.result();
  }

  addBody(world: WorldHandle, body: BodyHandle): void {
    this.exports._HP_World_AddBody(world[0], body[0], 0);
  }

  removeBody(world: WorldHandle, body: BodyHandle): void {
    this.exports._HP_World_RemoveBody(world[0], body[0]);
  }

  setState([body]: BodyHandle, rows: PartRows, row: number): void {
    const { exports, room } = this;
    this.memory.refresh();
    this.write(rows.positions, row * 3, 3, 0);
    this.write(rows.rotations, row * 4, 4, 3);
    exports._HP_Body_SetQTransform(body, room);
    this.write(rows.linearVelocities, row * 3, 3, 0);
    exports._HP_Body_SetLinearVelocity(body, room);
    this.write(rows.angularVelocities, row * 3, 3, 0);
    exports._HP_Body_SetAngularVelocity(body, room);
  }

  motors(axes: readonly MotorAxis[]): EngineMotors {
    const numbered = axes.map(({ constraint, axis }) => ({ constraint: constraint[0], axis: numberOf(axis) }));
    return new DirectMotors(this.exports, this.memory, numbered);
  }

  private write(values: Float64Array, from: number, count: number, at: number): void {
    for (let i = 0; i < count; i++) this.memory.floats[this.word + at + i] = values[from + i]!;
  }

  private result(): number {
    this.memory.refresh();
    return this.memory.ints[this.word]!;
  }
}

/** The enumeration's entries are objects at run time, which its type declaration does not know. */
export function numberOf(entry: unknown): number {
  return (entry as { value: number }).value;
}

/** Whether a body and a constraint end up the same, for the documented functions, whichever calls have set them. */
function agreesWithBindings(havok: HavokPhysicsWithBindings, calls: EngineCalls): boolean {
  const expected = outcome(havok, new BoundCalls(havok));
  const found = outcome(havok, calls);
  return expected.every((value, i) => value === found[i]);
}

/** What the documented functions say of things that these calls have set. */
function outcome(havok: HavokPhysicsWithBindings, calls: EngineCalls): number[] {
  const world = havok.HP_World_Create()[1];
  const body = havok.HP_Body_Create()[1];
  const constraint = havok.HP_Constraint_Create()[1];
  const axis = havok.ConstraintAxis.ANGULAR_Y;
  havok.HP_Body_SetMotionType(body, havok.MotionType.DYNAMIC);
  calls.setState(
    body,
    {
      positions: Float64Array.of(0, 0, 0, 1, 2, 3),
      rotations: Float64Array.of(0, 0, 0, 1, 0.5, 0.5, 0.5, -0.5),
      linearVelocities: Float64Array.of(0, 0, 0, 4, 5, 6),
      angularVelocities: Float64Array.of(0, 0, 0, 7, 8, 9),
    },
    1,
  );
  const result = [calls.bodyCount(world)];
  calls.addBody(world, body);
  result.push(calls.bodyCount(world), Number(calls.bodyBuffer(world) === havok.HP_World_GetBodyBuffer(world)[1]));
  const [position, rotation] = havok.HP_Body_GetQTransform(body)[1];
  result.push(...position, ...rotation);
  result.push(...havok.HP_Body_GetLinearVelocity(body)[1], ...havok.HP_Body_GetAngularVelocity(body)[1]);
  calls.step(world, 1 / 120, 1 / 60);
  result.push(...havok.HP_Body_GetQTransform(body)[1].flat());
  calls.removeBody(world, body);
  result.push(havok.HP_World_GetNumBodies(world)[1]);
  havok.HP_Constraint_SetAxisMotorType(constraint, axis, havok.ConstraintMotorType.VELOCITY);
  const motors = calls.motors([{ constraint, axis }]);
  motors.setTarget(0, 10);
  motors.setMaxForce(0, 11);
  result.push(havok.HP_Constraint_GetAxisMotorTarget(constraint, axis)[1]);
  result.push(havok.HP_Constraint_GetAxisMotorMaxForce(constraint, axis)[1]);
  havok.HP_Constraint_SetAxisMotorType(constraint, axis, havok.ConstraintMotorType.SPRING_FORCE);
  motors.setPositionTarget(0, 12);
  result.push(havok.HP_Constraint_GetAxisMotorPositionTarget(constraint, axis)[1]);
  havok.HP_Constraint_Release(constraint);
  havok.HP_Body_Release(body);
  havok.HP_World_Release(world);
  return result;
}
